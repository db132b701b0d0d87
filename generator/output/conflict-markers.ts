/** The two sides of a file in which a merge left conflict markers; null where there are none, or they do not match. */
export function sidesOf(bytes: Uint8Array): readonly [ours: Uint8Array, theirs: Uint8Array] | null {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  const [ours, theirs]: [string[], string[]] = [[], []];
  let [side, conflicts]: [Side, number] = ["both", 0];
  for (const line of lines) {
    const marker = /^(<{7} |\|{7}(?: |\r?$)|={7}\r?$|>{7} )/.exec(line)?.[0].slice(0, 1);
    const next: Side | undefined = marker === undefined ? undefined : NEXT[side][marker];
    if (marker !== undefined && next === undefined) return null;
    if (next === "ours") conflicts++;
    if (next !== undefined) side = next;
    else {
      if (side === "both" || side === "ours") ours.push(line);
      if (side === "both" || side === "theirs") theirs.push(line);
    }
  }
  if (side !== "both" || conflicts === 0) return null;
  return [Buffer.from(ours.join("\n"), "latin1"), Buffer.from(theirs.join("\n"), "latin1")];
}

type Side = "both" | "ours" | "base" | "theirs";

/** Which part of a conflict a marker opens, by the part it stands in. */
const NEXT: { readonly [side in Side]: { readonly [marker: string]: Side } } = {
  both: { "<": "ours" },
  ours: { "|": "base", "=": "theirs" },
  base: { "=": "theirs" },
  theirs: { ">": "both" },
};
