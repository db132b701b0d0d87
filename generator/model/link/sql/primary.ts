import { nearText, type Cursor } from "./cursor.ts";
import { readCall } from "./call.ts";
import type { Syntax } from "./syntax.ts";
import type { Token } from "./tokens.ts";

/** Reads what stands between operators: a literal, a name, a call, `case`, `cast` or parentheses, with any `::type` after it. */
export function readPrimary(cursor: Cursor, expression: () => Syntax): Syntax {
  let operand = readOperand(cursor, expression);
  while (cursor.take("::")) operand = { kind: "cast", operand, type: readShortType(cursor) };
  if (cursor.at("[")) cursor.fail({ kind: "refused", construct: "array access", instead: "write split_part(x, '@', 2) for a part of a text; an element of JSON is taken out in the contract, by the cleaning step json: $.path." });
  return operand;
}

function readOperand(cursor: Cursor, expression: () => Syntax): Syntax {
  const token = cursor.peek();
  switch (token.kind) {
    case "number": return { kind: "number", text: cursor.next().text };
    case "string": return { kind: "string", text: cursor.next().text };
    case "quoted": return readName(cursor);
    case "word": return readWord(cursor, token, expression);
    case "symbol":
    case "end":
      break;
  }
  if (!cursor.take("(")) return nothing(cursor);
  const inner = expression();
  cursor.expect(")");
  return inner;
}

const reserved: ReadonlySet<string> = new Set(["and", "or", "when", "then", "else", "end", "in", "between", "like", "ilike", "is", "from", "as", "over"]);

function readWord(cursor: Cursor, token: Token, expression: () => Syntax): Syntax {
  const word = token.text.toLowerCase();
  const constant = constants.get(word);
  if (constant !== undefined && !cursor.at(".", 1)) {
    cursor.next();
    return constant;
  }
  if (word === "case") return readCase(cursor, expression);
  if (word === "select" || word === "with" || word === "exists") {
    cursor.fail({ kind: "refused", construct: "a subselect", instead: "join the other table (joins: [shop.customers]) and use its columns." });
    return { kind: "null" };
  }
  if (reserved.has(word)) return nothing(cursor);
  if (cursor.peek(1).kind === "string" || (word === "interval" && cursor.peek(1).kind === "number")) return readTyped(cursor, word);
  if (word === "interval" && cursor.peek(1).kind === "word" && cursor.peek(2).kind === "word" && !reserved.has(cursor.peek(1).text.toLowerCase()) && !cursor.at("not", 1)) return oddInterval(cursor);
  if (cursor.at("(", 1)) return readCall(cursor, expression);
  return word === "current_date" ? { kind: "call", name: cursor.next().text.toLowerCase(), arguments: [] } : readName(cursor);
}

const constants: ReadonlyMap<string, Syntax> = new Map<string, Syntax>([
  ["null", { kind: "null" }],
  ["true", { kind: "boolean", value: true }],
  ["false", { kind: "boolean", value: false }],
]);

function readName(cursor: Cursor): Syntax {
  const first = cursor.next();
  const parts = [first.text];
  let last = first;
  while (cursor.take(".")) {
    last = cursor.next();
    if (last.kind !== "word" && last.kind !== "quoted") return nothing(cursor);
    parts.push(last.text);
  }
  return { kind: "name", parts, quoted: last.kind === "quoted" };
}

function readTyped(cursor: Cursor, word: string): Syntax {
  const near = nearText(cursor.sql, cursor.next());
  const text = cursor.next().text;
  if (word === "date" || word === "timestamp") return { kind: "temporal", type: word, text };
  const interval = word === "interval" ? /^(-?[0-9]+)(?: +([a-z]+))?$/i.exec(text.trim()) : null;
  if (interval !== null) {
    const unit = interval[2] ?? (cursor.peek().kind === "word" ? cursor.next().text : "");
    return { kind: "interval", count: Number(interval[1]), unit: unit.toLowerCase().replace(/s$/, "") };
  }
  if (word === "interval") return oddInterval(cursor);
  cursor.fail({ kind: "syntax", problem: `'${near}' is not understood before a text`, near });
  return { kind: "null" };
}

function oddInterval(cursor: Cursor): Syntax {
  cursor.fail({ kind: "refused", construct: "such an interval", instead: "write one whole number and one unit, x + interval '3 days', several one after the other; a count that differs from row to row is date_add('day', n, x)." });
  return { kind: "null" };
}

function readCase(cursor: Cursor, expression: () => Syntax): Syntax {
  cursor.expect("case");
  const operand = cursor.at("when") ? null : expression();
  const branches: { when: Syntax; then: Syntax }[] = [];
  while (cursor.take("when")) {
    const when = expression();
    cursor.expect("then");
    branches.push({ when, then: expression() });
  }
  if (branches.length === 0) cursor.expect("when");
  const otherwise = cursor.take("else") ? expression() : null;
  cursor.expect("end");
  return { kind: "case", operand, branches, otherwise };
}

/** The type after `::`: a word, `double precision`, and parameters in parentheses. */
function readShortType(cursor: Cursor): string {
  const start = cursor.peek().start;
  let last = cursor.next();
  if (last.kind !== "word") nothing(cursor);
  if (cursor.at("precision")) last = cursor.next();
  if (cursor.at("(")) while (last.text !== ")" && cursor.peek().kind !== "end") last = cursor.next();
  return cursor.sql.slice(start, last.end);
}

function nothing(cursor: Cursor): Syntax {
  cursor.fail({ kind: "syntax", problem: "a value is missing", near: nearText(cursor.sql, cursor.peek()) });
  return { kind: "null" };
}
