/** Of more candidates only those that begin most like what was typed are compared: a mistake in each of thousands of names stays cheap. */
const COMPARED = 200;

/** The candidate nearest to what was typed, or undefined where none is near enough (a third of its length, at least 1). */
export function nearest(typed: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(typed.length / 3) + 1);
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of likely(typed, candidates, limit)) {
    const distance = editDistance(typed.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** "did you mean 'x'? " where something is near, else "". Put in front of a help text. */
export function didYouMean(typed: string, candidates: Iterable<string>): string {
  const found = nearest(typed, candidates);
  return found === undefined ? "" : `did you mean '${found}'? `;
}

/** The candidates of fitting length in code-point order; where they are many, those that share the longest start. */
function likely(typed: string, candidates: Iterable<string>, limit: number): readonly string[] {
  const fitting = [...candidates].filter((one) => Math.abs(one.length - typed.length) <= limit);
  if (fitting.length <= COMPARED) return fitting.sort();
  const byStart: string[][] = Array.from({ length: typed.length + 1 }, () => []);
  for (const one of fitting) byStart[sharedStart(typed, one)]?.push(one);
  const chosen: string[] = [];
  for (const group of byStart.reverse()) if (chosen.length < COMPARED) chosen.push(...group.slice(0, COMPARED - chosen.length));
  return chosen.sort();
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost one each. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, at(i - 2, j - 2) + 1);
      row.push(value);
    }
  }
  return at(a.length, b.length);
}
