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

type Refusal = readonly [construct: string, instead: string];

const PATTERN: Refusal = ["a regular expression", "compare with like or ilike, cut with split_part; what does not fit is found by a regex check of the contract. Else write raw_sql, with one text per warehouse."];

const JSON_PATH: Refusal = ["a path into JSON", "take the value out in the contract: a column with from: and the cleaning step json: $.path."];

/** Order matters: what is refused comes before the symbols it is made of. */
const refused: readonly (readonly [start: string, ...Refusal])[] = [
  ["--", "a comment", "put the remark into the description; write a - -b as a + b."],
  ["/*", "a comment", "put the remark into the description."],
  [";", "a semicolon", "write one expression, without ';'."],
  ["`", "a backtick", "quote odd column names with double quotes."],
  ["$", "a dollar sign", "quote texts with single quotes."],
  ["~", ...PATTERN],
  ["!~", ...PATTERN],
  ["->", ...JSON_PATH],
  ["==", "'=='", "write a = b."],
  ["<=>", "'<=>'", "write a is not distinct from b."],
  ["**", "'**'", "write power(x, 2)."],
  ["^", "'^'", "write power(x, 2)."],
];

/** What follows a value in other SQL. */
const refusedAfter: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  [":", JSON_PATH],
  ["rlike", PATTERN],
  ["regexp", PATTERN],
  ["similar", PATTERN],
  ["glob", PATTERN],
  ["at", ["a time zone", "instants are UTC, and their days, months and hours those of settings.timezone; zone: of a column of the contract says where its times were written."]],
  ["escape", ["an escape character", "write the pattern without it: in like, % is any text, _ any character, and a backslash stands for itself; strpos(x, '_') > 0 finds what like cannot."]],
  ["collate", ["a collation", "take it away: texts are compared byte by byte; write lower(x) on both sides where case does not matter."]],
  ["isnull", ["'isnull'", "write x is null."]],
  ["notnull", ["'notnull'", "write x is not null."]],
]);

/** Why a word or sign cannot stand after a value, and what to write instead; null where nothing is known of it. */
export function refusedAfterValue(token: Token): SyntaxProblem | null {
  const [construct, instead] = (token.kind === "word" || token.kind === "symbol" ? refusedAfter.get(token.text.toLowerCase()) : undefined) ?? [];
  return construct === undefined || instead === undefined ? null : { kind: "refused", construct, instead };
}

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
  if (sql[start] === "!") return { kind: "refused", construct: "'!'", instead: "write not x, or a <> b." };
  return { kind: "syntax", problem: `'${sql[start] ?? ""}' means nothing here`, near };
}

function unquoted(kind: Token["kind"], raw: string): string {
  if (kind === "string") return raw.slice(1, -1).replaceAll("''", "'");
  if (kind === "quoted") return raw.slice(1, -1).replaceAll('""', '"');
  return raw;
}
