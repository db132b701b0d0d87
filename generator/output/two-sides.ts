import { diffComm } from "node-diff3";

/**
 * Whether a text is what a merge makes of two texts: what both share stands in it, and wherever they differ the part of
 * either or of both. Then nobody edited it by hand.
 */
export function isMergeOf(found: Uint8Array, one: Uint8Array, other: Uint8Array): boolean {
  const [lines, left, right] = [found, one, other].map((bytes) => Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n").split("\n"));
  if (lines === undefined || left === undefined || right === undefined) return false;
  // Positions in the text that the parts so far may end at: few, as most parts fit in one way only.
  let ends = new Set([0]);
  for (const { common, buffer1 = [], buffer2 = [] } of diffComm(left, right)) {
    const ways = common === undefined ? [buffer1, buffer2, [...buffer1, ...buffer2], [...buffer2, ...buffer1]] : [common];
    ends = new Set([...ends].flatMap((at) => ways.flatMap((way) => (way.every((line, offset) => lines[at + offset] === line) ? [at + way.length] : []))));
  }
  return ends.has(lines.length);
}
