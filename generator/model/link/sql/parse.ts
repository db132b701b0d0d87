import { createCursor, nearText, type Cursor } from "./cursor.ts";
import { readPrimary } from "./primary.ts";
import type { Syntax, SyntaxOperator } from "./syntax.ts";
import { refusedAfterValue, tokenize, type SyntaxProblem } from "./tokens.ts";

const SPLIT = "split it: a measure may use earlier measures, an attribute a column of its own.";

/** A chain such as `a + a + …` makes a tree as deep as it is long, and all that walk it do so by recursion. */
const MAX_TOKENS = 1_000;

/**
 * The tree of one expression, or the first problem. Precedence is SQL's, from loosest: `or`, `and`, `not`, comparison
 * (`=`, `in`, `between`, `like`, `is`), `||`, `+ -`, `* / %`, unary minus, `::`. Comparisons do not chain.
 *
 * A parser of our own: the PostgreSQL grammar of node-sql-parser 5.4 reads `a and b or c` as `a and (b or c)` and
 * `x like 'a' || 'b'` as `(x like 'a') || 'b'`, changes the digits of long decimals, and does not know `cast(x as string)`.
 * It would change what a spec means without a word; a test keeps this reason true.
 */
export function parseSyntax(sql: string): Syntax | SyntaxProblem {
  const tokens = tokenize(sql);
  if ("kind" in tokens) return tokens;
  if (tokens.length > MAX_TOKENS) return { kind: "refused", construct: `more than ${MAX_TOKENS} words and signs`, instead: SPLIT };
  const cursor = createCursor(sql, tokens);
  const tree = readExpression(cursor, 0);
  if (cursor.problem() === null && cursor.peek().kind !== "end") cursor.fail(leftOver(cursor));
  return cursor.problem() ?? tree;
}

/** Reads an expression; nesting deeper than a person writes is refused, so that no spec can exhaust the stack. */
function readExpression(cursor: Cursor, depth: number): Syntax {
  if (depth > 100) {
    cursor.fail({ kind: "refused", construct: "more than 100 levels of nesting", instead: SPLIT });
    return { kind: "null" };
  }
  return readOr(cursor, depth + 1);
}

function readOr(cursor: Cursor, depth: number): Syntax {
  let left = readAnd(cursor, depth);
  while (cursor.take("or")) left = { kind: "binary", operator: "or", left, right: readAnd(cursor, depth) };
  return left;
}

function readAnd(cursor: Cursor, depth: number): Syntax {
  let left = readNot(cursor, depth);
  while (cursor.take("and")) left = { kind: "binary", operator: "and", left, right: readNot(cursor, depth) };
  return left;
}

function readNot(cursor: Cursor, depth: number): Syntax {
  let negations = 0;
  while (cursor.take("not")) negations++;
  let operand = readComparison(cursor, depth);
  for (; negations > 0; negations--) operand = { kind: "unary", operator: "not", operand };
  return operand;
}

const comparisons: ReadonlyMap<string, SyntaxOperator> = new Map([
  ["=", "="], ["<>", "<>"], ["!=", "<>"], ["<", "<"], ["<=", "<="], [">", ">"], [">=", ">="],
]);

function readComparison(cursor: Cursor, depth: number): Syntax {
  let left = readSum(cursor, depth, "||");
  while (cursor.at("is")) left = readIs(cursor, left, () => readSum(cursor, depth, "||"));
  const operator = cursor.peek().kind === "symbol" ? comparisons.get(cursor.peek().text) : undefined;
  if (operator !== undefined) {
    cursor.next();
    left = { kind: "binary", operator, left, right: readSum(cursor, depth, "||") };
    if (comparisons.has(cursor.peek().text) && cursor.peek().kind === "symbol") cursor.fail({ kind: "syntax", problem: "comparisons do not chain; join them by 'and' or use parentheses", near: nearText(cursor.sql, cursor.peek()) });
    return left;
  }
  const negated = cursor.at("not") && cursor.take("not");
  if (cursor.take("in")) return readIn(cursor, depth, left, negated);
  if (cursor.take("between")) {
    const low = readSum(cursor, depth, "||");
    cursor.expect("and");
    return { kind: "between", operand: left, low, high: readSum(cursor, depth, "||"), negated };
  }
  for (const operator of ["like", "ilike"] as const) {
    if (cursor.take(operator)) return { kind: "binary", operator: negated ? `not ${operator}` : operator, left, right: readSum(cursor, depth, "||") };
  }
  if (negated) cursor.fail(refusedAfterValue(cursor.peek()) ?? { kind: "syntax", problem: "'in', 'between', 'like' or 'ilike' is missing after 'not'", near: nearText(cursor.sql, cursor.peek()) });
  return left;
}

function readIs(cursor: Cursor, operand: Syntax, other: () => Syntax): Syntax {
  cursor.expect("is");
  const negated = cursor.take("not");
  if (cursor.take("distinct")) {
    cursor.expect("from");
    return { kind: "binary", operator: negated ? "is not distinct from" : "is distinct from", left: operand, right: other() };
  }
  for (const what of ["null", "true", "false"] as const) {
    if (cursor.take(what)) return { kind: "is", operand, what, negated };
  }
  cursor.fail({ kind: "syntax", problem: "'is' takes null, true, false or distinct from", near: nearText(cursor.sql, cursor.peek()) });
  return operand;
}

function readIn(cursor: Cursor, depth: number, operand: Syntax, negated: boolean): Syntax {
  cursor.expect("(");
  const options = [readExpression(cursor, depth)];
  while (cursor.take(",")) options.push(readExpression(cursor, depth));
  cursor.expect(")");
  return { kind: "in", operand, options, negated };
}

/** Left-associative levels, loosest first. */
const levels = { "||": { operators: ["||"], tighter: "+" }, "+": { operators: ["+", "-"], tighter: "*" }, "*": { operators: ["*", "/", "%"], tighter: null } } as const;

function readSum(cursor: Cursor, depth: number, level: keyof typeof levels): Syntax {
  const { operators, tighter } = levels[level];
  const operand = (): Syntax => (tighter === null ? readMinus(cursor, depth) : readSum(cursor, depth, tighter));
  let left = operand();
  for (;;) {
    const operator = operators.find((one) => cursor.at(one));
    if (operator === undefined) return left;
    cursor.next();
    left = { kind: "binary", operator, left, right: operand() };
  }
}

function readMinus(cursor: Cursor, depth: number): Syntax {
  let negations = 0;
  for (;;) {
    if (cursor.take("-")) negations++;
    else if (!cursor.take("+")) break;
  }
  let operand = readPrimary(cursor, () => readExpression(cursor, depth));
  for (; negations > 0; negations--) operand = { kind: "unary", operator: "-", operand };
  return operand;
}

function leftOver(cursor: Cursor): SyntaxProblem {
  const token = cursor.peek();
  return refusedAfterValue(token) ?? { kind: "syntax", problem: `'${token.text}' is not expected`, near: nearText(cursor.sql, token) };
}
