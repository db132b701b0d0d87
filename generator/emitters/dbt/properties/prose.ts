/**
 * Prose from specs as dbt shows it literally: dbt renders descriptions and test arguments as Jinja, so every brace that would
 * open a tag is printed by Jinja itself. A final line feed would be eaten by Jinja and is trimmed here.
 */
export function literalProse(text: string): string {
  return withoutFinalFeeds(text).replace(/\{(?=[{%#])/g, "{{ '{' }}");
}

function withoutFinalFeeds(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === "\n") end -= 1;
  return text.slice(0, end);
}

/** Prose as a sentence: trimmed, with a capital, a full stop after a last word, braces made literal. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const capital = /^[a-z][a-z]* /.test(trimmed) ? `${trimmed.slice(0, 1).toUpperCase()}${trimmed.slice(1)}` : trimmed;
  return literalProse(/[\p{L}\p{N}]$/u.test(capital) ? `${capital}.` : capital);
}

/** What a filter leaves, as a sentence; nothing without one. */
export function onlyWhere(filter: string | null): string {
  return filter === null ? "" : literalProse(`Only rows where ${filter}.`);
}

/** A name as words: `bill_to_customer` → `bill to customer`. */
export function words(name: string): string {
  return name.replaceAll("_", " ");
}
