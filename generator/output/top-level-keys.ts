import { isCollection, isMap, isNode, isPair, isScalar, parseDocument } from "yaml";

/** Where a top-level key of a YAML text stands with its value: from the key to the end of its last line, without its line feed. */
export interface KeyRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The ranges of the top-level keys of a YAML text, in their order. Comments and blank lines between two keys belong to neither.
 * Null where the text is no block mapping that begins in the first column, or names a key twice: then no range is certain.
 */
export function topLevelKeys(text: string): ReadonlyMap<string, KeyRange> | null {
  const document = parseDocument(text, { logLevel: "error" });
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents) || contents.flow === true) return null;
  const ranges = new Map<string, KeyRange>();
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || typeof key.value !== "string") return null;
    const start = key.range?.[0] ?? -1;
    const last = Math.max(lastEnd(key), lastEnd(value));
    if (start < 0 || (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\ufeff")) return null;
    const lineEnd = text.indexOf("\n", Math.max(start, text[last - 1] === "\n" ? last - 1 : last));
    const end = lineEnd < 0 ? text.length : lineEnd;
    ranges.set(key.value, { start, end: text[end - 1] === "\r" ? end - 1 : end });
  }
  return ranges;
}

/** Where the last value within a node ends; comments behind it do not count. */
function lastEnd(node: unknown): number {
  if (!isNode(node)) return -1;
  if (!isCollection(node) || node.flow === true) return node.range?.[1] ?? -1;
  const last = node.items.at(-1);
  if (isPair(last)) return Math.max(lastEnd(last.key), lastEnd(last.value));
  return last === undefined ? (node.range?.[1] ?? -1) : lastEnd(last);
}
