/** A token of an expression. `start` and `end` are offsets into its text; `text` of strings and quoted names is unquoted. */
export interface Token {
  readonly kind: "word" | "quoted" | "number" | "string" | "symbol" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Why a text is no expression: a construct that may not stand in one, or bad syntax near some text. */
export type SyntaxProblem =
  | { readonly kind: "refused"; readonly construct: string; readonly instead: string }
  | { readonly kind: "syntax"; readonly problem: string; readonly near: string };

/** Cuts an expression into tokens, the last of kind "end"; the first problem stops it. */
export function tokenize(sql: string): readonly Token[] | SyntaxProblem {
  const tokens: Token[] = [];
  let position = 0;
  while (position < sql.length) {
    const blank = /^\s+/.exec(sql.slice(position));
    if (blank !== null) {
      position += blank[0].length;
      continue;
    }
    const found = tokenAt(sql, position);
    if (!("text" in found)) return found;
    tokens.push(found);
    position = found.end;
  }
  tokens.push({ kind: "end", text: "", start: sql.length, end: sql.length });
  return tokens;
}

/** Refused in quoted texts as well: the model that prints them is read by Jinja. */
const jinja: SyntaxProblem = {
  kind: "refused",
  construct: "Jinja",
  instead: "write plain SQL over the declared columns; what needs Jinja belongs into a hand-written model that is named as source: ref.<model>.",
};

/** Order matters: what is refused comes before the symbols it is made of. */
const refused: readonly (readonly [start: string, construct: string, instead: string])[] = [
  ["--", "a comment", "put the remark into the description; write a - -b as a + b."],
  ["/*", "a comment", "put the remark into the description."],
  [";", "a semicolon", "write one expression, without ';'."],
  ["`", "a backtick", "quote odd column names with double quotes."],
  ["$", "a dollar sign", "quote texts with single quotes."],
];

const shapes: readonly (readonly [Token["kind"], RegExp])[] = [
  ["word", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["number", /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.])/y],
  ["string", /'(?:[^']|'')*'/y],
  ["quoted", /"(?:[^"]|"")*"/y],
  ["symbol", /::|\|\||<>|!=|<=|>=|[-+*/%=<>(),.[\]:]/y],
];

function tokenAt(sql: string, start: number): Token | SyntaxProblem {
  if (/^\{[{%#]/.test(sql.slice(start, start + 2))) return jinja;
  for (const [sign, construct, instead] of refused) {
    if (sql.startsWith(sign, start)) return { kind: "refused", construct, instead };
  }
  for (const [kind, shape] of shapes) {
    shape.lastIndex = start;
    const raw = shape.exec(sql)?.[0];
    if (raw !== undefined && /\{[{%#]/.test(raw)) return jinja;
    if (raw !== undefined) return { kind, text: unquoted(kind, raw), start, end: start + raw.length };
  }
  const near = sql.slice(start, start + 12);
  if (sql[start] === "'" || sql[start] === '"') return { kind: "syntax", problem: "a quote is not closed", near };
  return { kind: "syntax", problem: `'${sql[start] ?? ""}' means nothing here`, near };
}

function unquoted(kind: Token["kind"], raw: string): string {
  if (kind === "string") return raw.slice(1, -1).replaceAll("''", "'");
  if (kind === "quoted") return raw.slice(1, -1).replaceAll('""', '"');
  return raw;
}
