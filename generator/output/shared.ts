import { merge } from "./merge.ts";
import { topLevelKeys } from "./top-level-keys.ts";

/** What becomes of a file that we and the user both write. */
export interface SharedMerge {
  /** Our keys brought to what is wanted; all else is as the user has it, byte for byte. */
  readonly text: Uint8Array;
  /** Our keys that hold an edit, which stays. */
  readonly edited: readonly string[];
  /** Our keys that the user and the specs changed both; the text must not be written then. */
  readonly conflicts: readonly string[];
}

/** A part of a text to be replaced. */
interface Splice {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Brings our top-level keys in a YAML file to the wanted text, key by key; comments, order and further keys are the user's.
 * `base` is what we wrote last, null where that is not known. Null where a range of ours cannot be found exactly.
 */
export function mergeShared(base: Uint8Array | null, found: Uint8Array, wanted: string): SharedMerge | null {
  const text = decoded(found);
  if (text === null) return null;
  const crlf = text.includes("\r\n") && !/(^|[^\r])\n/.test(text);
  const current = crlf ? text.replaceAll("\r\n", "\n") : text;
  const [ours, theirs, last] = [partsOf(wanted), partsOf(current), partsOf(base === null ? "" : (decoded(base) ?? ""))];
  if (ours === null || theirs === null) return null;
  const splices: Splice[] = [];
  const [edited, conflicts]: [string[], string[]] = [[], []];
  for (const key of new Set([...ours.keys(), ...(last?.keys() ?? [])])) {
    const verdict = verdictOf({ wanted: ours.get(key)?.text, found: theirs.get(key)?.text, base: last?.get(key)?.text });
    if (verdict.kind === "edited") edited.push(key);
    if (verdict.kind === "conflict") conflicts.push(key);
    if (verdict.kind !== "replace") continue;
    if (verdict.edited) edited.push(key);
    splices.push(spliceOf(key, verdict.text, { wanted, current, ours, theirs }));
  }
  const result = spliced(current, splices);
  if (splices.length > 0 && partsOf(result) === null) return null;
  return { text: Buffer.from(crlf ? result.replaceAll("\n", "\r\n") : result), edited, conflicts };
}

type Verdict = { readonly kind: "none" | "edited" | "conflict" } | { readonly kind: "replace"; readonly text: string | null; readonly edited: boolean };

/** What becomes of one key; undefined where a text does not have it. */
function verdictOf({ wanted, found, base }: { readonly [side in "wanted" | "found" | "base"]: string | undefined }): Verdict {
  if (found === wanted) return { kind: "none" };
  if (found === base) return { kind: "replace", text: wanted ?? null, edited: false };
  if (wanted === base) return { kind: "edited" };
  if (wanted === undefined || found === undefined || base === undefined) return { kind: "conflict" };
  const { conflicts, merged } = merge(Buffer.from(base), Buffer.from(found), wanted, "inline");
  return conflicts.length > 0 ? { kind: "conflict" } : { kind: "replace", text: Buffer.from(merged).toString(), edited: true };
}

type Parts = ReadonlyMap<string, { readonly start: number; readonly end: number; readonly text: string }>;

function partsOf(text: string): Parts | null {
  if (text === "") return new Map();
  const ranges = topLevelKeys(text);
  return ranges === null ? null : new Map([...ranges].map(([key, { start, end }]) => [key, { start, end, text: text.slice(start, end).replaceAll("\r\n", "\n") }]));
}

/** Where a key's new text goes: in place of the old one, or behind the key that stands before it in our text. */
function spliceOf(key: string, text: string | null, { wanted, current, ours, theirs }: { readonly wanted: string; readonly current: string; readonly ours: Parts; readonly theirs: Parts }): Splice {
  const present = theirs.get(key);
  if (present !== undefined && text !== null) return { at: present.start, end: present.end, text };
  if (present !== undefined) {
    const end = Math.min(present.end + 1, current.length);
    const gap = current.slice(0, present.start).endsWith("\n\n") && (end === current.length || current[end] === "\n") ? 1 : 0;
    return { at: present.start - gap, end, text: "" };
  }
  const keys = [...ours.keys()];
  const position = keys.indexOf(key);
  const behind = theirs.get(keys.slice(0, position).findLast((one) => theirs.has(one)) ?? "");
  const gap = wanted.slice(ours.get(keys[position - 1] ?? "")?.end ?? 0, ours.get(key)?.start ?? 0);
  if (behind !== undefined) return { at: behind.end, end: behind.end, text: `${/^\n+$/.test(gap) ? gap : "\n"}${text ?? ""}` };
  const next = theirs.get(keys.slice(position).find((one) => theirs.has(one)) ?? "")?.start ?? current.length;
  return { at: next, end: next, text: `${text ?? ""}\n\n` };
}

/** All replacements, of those at one place in the order given. */
function spliced(text: string, splices: readonly Splice[]): string {
  let [result, at] = ["", 0];
  for (const splice of splices.toSorted((a, b) => a.at - b.at)) {
    result += text.slice(at, Math.max(at, splice.at)) + splice.text;
    at = Math.max(at, splice.end);
  }
  return result + text.slice(at);
}

/** The text of UTF-8, or null where writing it again would change a byte. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
