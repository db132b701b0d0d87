import { diff3Merge } from "node-diff3";

/** What becomes of conflicting lines: `inline` puts both between markers, `rej` leaves the user's and prints ours apart. */
export type ConflictStyle = "inline" | "rej";

/** A three-way merge. All parts are bytes; line ends are those of the edited file. */
export interface Merge {
  /** Where conflicts begin in the edited file, lines from 1 on; none where the merge is clean. */
  readonly conflicts: readonly number[];
  readonly merged: Uint8Array;
  /** With `rej`: the conflicting parts with both sides, else empty. */
  readonly rejected: Uint8Array;
}

/** Merges what the user and the specs did to a generated text. Bytes are kept as they are, whatever their encoding. */
export function merge(base: Uint8Array, edited: Uint8Array, wanted: string, style: ConflictStyle): Merge {
  const theirs = binary(edited);
  const crlf = theirs.includes("\r\n") && !/(^|[^\r])\n/.test(theirs);
  const lines = (text: string): string[] => text.split("\n");
  const regions = diff3Merge(lines(crlf ? unix(theirs) : theirs), lines(unix(binary(base))), lines(binary(Buffer.from(wanted))), { excludeFalseConflicts: true });
  const merged: string[] = [];
  const rejected: string[] = [];
  const conflicts: number[] = [];
  for (const { ok, conflict } of regions) {
    if (ok !== undefined) merged.push(...ok);
    if (conflict === undefined) continue;
    conflicts.push(conflict.aIndex + 1);
    const both = ["<<<<<<< edited", ...conflict.a, "=======", ...conflict.b, ">>>>>>> generated"];
    merged.push(...(style === "inline" ? both : conflict.a));
    if (style === "rej") rejected.push(...both, "");
  }
  const bytes = (of: readonly string[]): Uint8Array => Buffer.from(of.join(crlf ? "\r\n" : "\n"), "latin1");
  return { conflicts, merged: bytes(merged), rejected: bytes(rejected) };
}

/** One character a byte: what is no UTF-8 survives. */
function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function unix(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
