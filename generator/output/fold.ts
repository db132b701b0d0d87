/**
 * SQL whose lines fit into `width` characters, as far as its parentheses allow: the widest pair of a line that is too long opens
 * over several lines, one for each of its terms. Quoted texts and Jinja stay whole.
 */
export function fold(sql: string, width: number): string {
  return sql.length <= width ? sql : sql.split("\n").map((line) => foldLine(line, width)).join("\n");
}

/** What follows a pair that was opened is folded on the spot, not by a call of its own: a line may hold thousands of pairs. */
function foldLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = " ".repeat(line.length - line.trimStart().length);
  const lines: string[] = [];
  let rest = { start: 0, text: line };
  for (const pair of widestPairs(line)) {
    if (rest.text.length <= width) break;
    const terms = [pair.open, ...pair.commas].map((start, index) => line.slice(start + 1, pair.commas[index] ?? pair.close).trim());
    const inner = terms.map((term, index) => foldLine(`${indent}    ${term}${index < terms.length - 1 ? "," : ""}`, width));
    lines.push(`${rest.start === 0 ? "" : indent}${line.slice(rest.start, pair.open + 1)}`, ...inner);
    rest = { start: pair.close, text: `${indent}${line.slice(pair.close)}` };
  }
  return [...lines, rest.text].join("\n");
}

interface Pair {
  readonly open: number;
  readonly close: number;
  /** Where the commas between its terms stand. */
  readonly commas: readonly number[];
}

/** The widest outermost pair of parentheses that holds anything, then the widest of those behind it, and so on; of equals the first. */
function widestPairs(line: string): readonly Pair[] {
  const widest: Pair[] = [];
  for (const pair of outermostPairs(line).toReversed()) {
    const last = widest.at(-1);
    if (last === undefined || pair.close - pair.open >= last.close - last.open) widest.push(pair);
  }
  return widest.reverse();
}

function outermostPairs(line: string): readonly Pair[] {
  const open: { readonly at: number; readonly commas: number[] }[] = [];
  const pairs: Pair[] = [];
  for (const { 0: token, index } of line.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\{\{.*?\}\}|[(),]/g)) {
    if (token === "(") open.push({ at: index, commas: [] });
    if (token === ",") open.at(-1)?.commas.push(index);
    const last = token === ")" ? open.pop() : undefined;
    if (last !== undefined && open.length === 0 && index > last.at + 1) pairs.push({ open: last.at, close: index, commas: last.commas });
  }
  return pairs;
}
