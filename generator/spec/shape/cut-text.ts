import { isMapping } from "../document.ts";

/** A text that a comma cut off inside braces, as in `{type: decimal(12,2)}`: YAML made keys of the rest. */
export interface CutText {
  readonly key: string;
  /** What is left of the text, and what was meant. */
  readonly text: string;
  readonly whole: string;
  /** The keys that the rest became. */
  readonly rest: readonly string[];
}

/** Finds a text with an open parenthesis that unknown keys without a value close; null where there is none. */
export function cutText(mapping: unknown, unknown: readonly string[]): CutText | null {
  if (!isMapping(mapping)) return null;
  const pieces = unknown.filter((one) => mapping[one] === "");
  for (const [key, value] of Object.entries(mapping)) {
    // The canonical form of SQL is a mapping.
    const text = isMapping(value) ? value["sql"] : value;
    if (typeof text !== "string" || unknown.includes(key) || openParentheses(text) <= 0) continue;
    const last = pieces.findIndex((_one, index) => openParentheses([text, ...pieces.slice(0, index + 1)].join(", ")) === 0);
    if (last < 0) continue;
    const rest = pieces.slice(0, last + 1);
    return { key, text, whole: [text, ...rest].join(", "), rest };
  }
  return null;
}

function openParentheses(text: string): number {
  return text.split("(").length - text.split(")").length;
}
