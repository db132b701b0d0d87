import { nearText, type Cursor } from "./cursor.ts";
import type { Syntax } from "./syntax.ts";

/**
 * Reads `name(…)`, with the forms of the standard that take words: `cast(x as t)`, `extract(year from x)`, `substring(x from 1 for 2)`,
 * `position('@' in x)`, `trim(leading '0' from x)`.
 */
export function readCall(cursor: Cursor, expression: () => Syntax): Syntax {
  const name = cursor.next().text.toLowerCase();
  cursor.expect("(");
  const call = casts.has(name) ? readCast(cursor, name, expression) : readArguments(cursor, name, expression);
  if (["over", "filter", "within"].some((one) => cursor.at(one))) refuseWindow(cursor);
  return call;
}

const casts: ReadonlySet<string> = new Set(["cast", "try_cast", "safe_cast"]);

function readCast(cursor: Cursor, name: string, expression: () => Syntax): Syntax {
  if (name !== "cast") {
    cursor.fail({ kind: "refused", construct: name, instead: "let the contract type the column; what its cast cannot take goes to the column's on_failure." });
  }
  const operand = expression();
  cursor.expect("as");
  const start = cursor.peek().start;
  let end = start;
  for (let depth = 0; cursor.peek().kind !== "end" && (depth > 0 || !cursor.at(")")); end = cursor.next().end) {
    if (cursor.at("(")) depth++;
    if (cursor.at(")")) depth--;
  }
  cursor.expect(")");
  return { kind: "cast", operand, type: cursor.sql.slice(start, end) };
}

const aggregates: ReadonlySet<string> = new Set([
  "sum", "avg", "min", "max", "count", "count_if", "countif", "stddev", "variance", "median", "array_agg", "string_agg", "listagg", "any_value", "bool_and", "bool_or",
]);
const windows: ReadonlySet<string> = new Set(["row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value", "ntile"]);

function readArguments(cursor: Cursor, name: string, expression: () => Syntax): Syntax {
  if (windows.has(name)) refuseWindow(cursor);
  if (aggregates.has(name)) {
    cursor.fail({ kind: "refused", construct: `the aggregate ${name}()`, instead: "write the expression of one row and state how it is summed as aggregation: of a measure; of several columns take greatest() or least()." });
  }
  if (name === "extract" && cursor.peek().kind !== "end" && cursor.at("from", 1)) return readExtract(cursor, expression);
  if (name === "position" && cursor.at("in", 1)) return readPosition(cursor, expression);
  if (name === "trim" && (cursor.at("from", 1) || (sides.has(cursor.peek().text.toLowerCase()) && cursor.peek(1).kind === "string"))) return readTrim(cursor, expression);
  const values: Syntax[] = [];
  if (cursor.take(")")) return { kind: "call", name, arguments: values };
  do values.push(expression());
  while (cursor.take(",") || ((name === "substring" || name === "substr") && (cursor.take("from") || cursor.take("for"))));
  cursor.expect(")");
  return { kind: "call", name, arguments: values };
}

function readExtract(cursor: Cursor, expression: () => Syntax): Syntax {
  const part = cursor.next();
  if (part.kind !== "word" && part.kind !== "string") cursor.fail({ kind: "syntax", problem: "extract takes a part such as year", near: nearText(cursor.sql, part) });
  cursor.expect("from");
  const value = expression();
  cursor.expect(")");
  return { kind: "call", name: "date_part", arguments: [{ kind: "string", text: part.text.toLowerCase() }, value] };
}

/** What is looked for is a text or a name here: `in` would else be read as its comparison with a list. */
function readPosition(cursor: Cursor, expression: () => Syntax): Syntax {
  const search = readWhole(cursor);
  cursor.expect("in");
  const value = expression();
  cursor.expect(")");
  return { kind: "call", name: "strpos", arguments: [value, search] };
}

const sides: ReadonlyMap<string, string> = new Map([["both", "trim"], ["leading", "ltrim"], ["trailing", "rtrim"]]);

function readTrim(cursor: Cursor, expression: () => Syntax): Syntax {
  const side = sides.get(cursor.peek().text.toLowerCase());
  if (side !== undefined) cursor.next();
  const characters = cursor.at("from") ? [] : [readWhole(cursor)];
  cursor.expect("from");
  const value = expression();
  cursor.expect(")");
  return { kind: "call", name: side ?? "trim", arguments: [value, ...characters] };
}

function readWhole(cursor: Cursor): Syntax {
  const { kind, text } = cursor.next();
  return kind === "string" ? { kind, text } : { kind: "name", parts: [text], quoted: kind === "quoted" };
}

function refuseWindow(cursor: Cursor): void {
  cursor.fail({ kind: "refused", construct: "a window function", instead: "state collapse, deduplicate, rolling or top where one row is to be kept or rows are counted; in a mart raw_sql may hold one; else write a model by hand." });
}
