import { Lexer } from "yaml";

/**
 * Where a text nests deeper than the limit, or null. It is asked before the parser runs, whose time grows with the square
 * of the depth; ordinary texts are cleared by two quick looks.
 */
export function excessiveNesting(text: string, limit: number): number | null {
  return (hasManyBrackets(text, limit) ? deepFlow(text, limit) : null) ?? (DEEP_LINE.test(text) ? deepBlock(text, limit) : null);
}

/** Where a text passes the limit of lines, commas and brackets, each of which may make a value, or null. */
export function excessiveValues(text: string, limit: number): number | null {
  if (text.length <= limit) return null;
  let count = 0;
  for (const { index } of text.matchAll(/[\n,[{]/g)) {
    count += 1;
    if (count > limit) return index;
  }
  return null;
}

/** Each level of block nesting takes at least one column, so the sixty-fifth cannot stand further left. */
const DEEP_LINE = /^[ ?-]{64}/m;

/** Brackets that are open at once, brackets in texts and comments included. */
function hasManyBrackets(text: string, limit: number): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === "[" || bracket === "{" ? open + 1 : Math.max(0, open - 1);
    if (open > limit) return true;
  }
  return false;
}

function deepFlow(text: string, limit: number): number | null {
  let offset = 0;
  let open = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") open += 1;
    else if (token === "]" || token === "}") open -= 1;
    if (open > limit) return offset;
    // The lexer puts marks of its own, which are not part of the text, between the tokens.
    if (!MARKS.has(token)) offset += token.length;
  }
  return null;
}

const MARKS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);

function deepBlock(text: string, limit: number): number | null {
  const columns: number[] = [];
  for (const { 0: lead, index } of text.matchAll(/^ *(?:[-?] +)*(?=[^\s])/gm)) {
    const starts = [...lead.matchAll(/[-?]/g)].map((indicator) => indicator.index);
    for (const column of [...starts, lead.length]) {
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
      if (columns.length > limit) return index + column;
    }
  }
  return null;
}
