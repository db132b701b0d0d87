/** An identifier in double quotes, as the standard has it. */
export function doubleQuoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/**
 * A string literal. An opening brace is kept apart from what follows it, so that the text can never open a Jinja
 * block in the dbt model it stands in; line breaks are spelt out, as layout would indent what follows them and Jinja
 * makes one of a CR LF.
 */
export function singleQuoted(text: string): string {
  const parts = text.split(/(?<=\{)(?=[{%#])|(?=[\r\n])|(?<=[\r\n])/).map(part);
  return joined(parts);
}

/** Texts are joined a few at a time: engines read `a || b || c` as deep as it is long, and refuse what is too deep. */
const JOINED = 100;

function joined(parts: readonly string[]): string {
  if (parts.length === 1) return parts.join("");
  if (parts.length <= JOINED) return `(${parts.join(" || ")})`;
  const groups = Array.from({ length: Math.ceil(parts.length / JOINED) }, (_, index) => joined(parts.slice(index * JOINED, (index + 1) * JOINED)));
  return joined(groups);
}

function part(text: string): string {
  if (text === "\n" || text === "\r") return `chr(${text.charCodeAt(0)})`;
  return `'${text.replaceAll("'", "''")}'`;
}

/** The inverse of a literal made by `singleQuoted`: its text, or null where the SQL is no plain literal. */
export function literalText(sql: string): string | null {
  const match = /^'((?:[^']|'')*)'$/.exec(sql);
  return match?.[1]?.replaceAll("''", "'") ?? null;
}

/** A case expression over several lines; a single branch without `else` stays on one. */
export function caseWhen(branches: readonly { readonly when: string; readonly then: string }[], otherwise: string | null): string {
  const [only] = branches;
  if (branches.length === 1 && only !== undefined && otherwise === null) return `case when ${only.when} then ${only.then} end`;
  const lines = branches.map((one) => {
    const line = `    when ${one.when} then ${one.then}`;
    return line.length <= 80 ? line : `    when ${one.when}\n        then ${one.then}`;
  });
  return ["case", ...lines, ...(otherwise === null ? [] : [`    else ${otherwise}`]), "end"].join("\n");
}

/** Zoneless local time of a zone (an SQL text) as zoneless time in UTC; in UTC itself there is nothing to do. */
export function toInstant(sql: string, zone: string): string {
  return zone === utc ? sql : `${sql} at time zone ${zone} at time zone 'UTC'`;
}

/** The way back: zoneless time in UTC as local time of a zone. */
export function toLocal(sql: string, zone: string): string {
  return zone === utc ? sql : `${sql} at time zone 'UTC' at time zone ${zone}`;
}

const utc = singleQuoted("UTC");
