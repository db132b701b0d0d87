/**
 * SQL whose lines fit into `width` characters, as far as its parentheses allow: the widest pair of a line that is too long opens
 * over several lines, one for each of its terms. Quoted texts and Jinja stay whole.
 */
export function fold(sql: string, width: number): string {
  return sql.length <= width ? sql : sql.split("\n").map((line) => foldLine(line, width)).join("\n");
}

function foldLine(line: string, width: number): string {
  const pair = line.length <= width ? null : widestPair(line);
  if (pair === null) return line;
  const indent = " ".repeat(line.length - line.trimStart().length);
  const terms = [pair.open, ...pair.commas].map((start, index) => line.slice(start + 1, pair.commas[index] ?? pair.close).trim());
  const inner = terms.map((term, index) => foldLine(`${indent}    ${term}${index < terms.length - 1 ? "," : ""}`, width));
  const rest = `${indent}${line.slice(pair.close)}`;
  return [line.slice(0, pair.open + 1), ...inner, foldLine(rest, width)].join("\n");
}

interface Pair {
  readonly open: number;
  readonly close: number;
  /** Where the commas between its terms stand. */
  readonly commas: readonly number[];
}

/** The outermost pair of parentheses that holds most, or null where none holds anything. */
function widestPair(line: string): Pair | null {
  const open: { readonly at: number; readonly commas: number[] }[] = [];
  let widest: Pair | null = null;
  for (const { 0: token, index } of line.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\{\{.*?\}\}|[(),]/g)) {
    if (token === "(") open.push({ at: index, commas: [] });
    if (token === ",") open.at(-1)?.commas.push(index);
    const last = token === ")" ? open.pop() : undefined;
    if (last === undefined || open.length > 0) continue;
    const pair = { open: last.at, close: index, commas: last.commas };
    if (index > last.at + 1 && (widest === null || pair.close - pair.open > widest.close - widest.open)) widest = pair;
  }
  return widest;
}
