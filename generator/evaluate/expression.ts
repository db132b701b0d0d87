import type { BinaryOperator, ColumnReference, Expression, Literal } from "../model/expression.ts";
import { isExact } from "../model/logical-type.ts";
import type { LogicalType } from "../model/types.ts";
import { callValue, remainder } from "./call.ts";
import { castValue, fits } from "./cast.ts";
import { compareValues, sameValue } from "./compare.ts";
import { exactArithmetic, toFloat } from "./number.ts";
import { exactOf, fail, attempt, isExactValue, textOf, type Failure, type Value } from "./value.ts";
import { instantIn, wallClock } from "./zone.ts";

/** The value of a column of the row at hand. */
export type Row = (column: ColumnReference) => Value;

/**
 * The value of an expression over a row, by the promises of the spec language (section Expressions): it is what the SQL of every dialect
 * must give, computed without SQL. A failure where the warehouse would raise, or where no promise is made (`raw_sql`, `current_date`).
 */
export function evaluateExpression(expression: Expression, row: Row): { readonly value: Value } | Failure {
  return attempt(() => evaluate(expression, row));
}

/** The same within an `attempt`, which a failure ends. */
export function evaluate(expression: Expression, row: Row): Value {
  return ofType(compute(expression, row), expression.type);
}

function compute(expression: Expression, row: Row): Value {
  const value = (one: Expression): Value => evaluate(one, row);
  switch (expression.kind) {
    case "column": return row(expression);
    case "literal": return literal(expression);
    case "binary": return binary(expression, row);
    case "unary": return expression.operator === "not" ? negated(value(expression.operand)) : negative(value(expression.operand));
    case "is_null": return (value(expression.operand) === null) !== expression.negated;
    case "in": return oneOf(value(expression.operand), expression.options.map(value), expression.negated);
    case "between": return within(value(expression.operand), value(expression.low), value(expression.high), expression.negated);
    case "case": return value(expression.branches.find((one) => value(one.when) === true)?.then ?? expression.otherwise ?? NULL);
    case "cast": return castValue(value(expression.operand), expression.type);
    case "call": return callValue(expression.function, expression.arguments.map(value), expression.type);
    case "in_zone": return inZone(value(expression.operand), expression);
    case "raw": return fail("raw_sql runs in the warehouse only");
  }
}

/** An instant as the wall clock of a zone shows it, or the way back. */
function inZone(value: Value, { zone, type }: Extract<Expression, { kind: "in_zone" }>): Value {
  if (value === null) return null;
  return type.kind === "timestamp" ? instantIn(value, zone) : wallClock(value, zone);
}

const NULL: Literal = { kind: "literal", type: null, value: null };

/** Numbers take the form of their type: `case when x then 1 else 2.50 end` gives 1.00. */
function ofType(value: Value, type: LogicalType | null): Value {
  if (type === null || value === null) return value;
  if (isExactValue(value)) return isExact(type) ? fits(value, type) : type.kind === "float" ? toFloat(value) : value;
  return typeof value === "string" && type.kind !== "string" ? castValue(value, type) : value;
}

function literal({ value, type }: Literal): Value {
  if (typeof value === "number") return type?.kind === "float" ? value : castValue(String(value), { kind: "decimal", precision: 38, scale: 0 });
  return typeof value === "string" && type !== null ? castValue(value, type) : value;
}

function binary({ operator, left, right }: Extract<Expression, { kind: "binary" }>, row: Row): Value {
  if (operator === "and" || operator === "or") return logical(operator, evaluate(left, row), evaluate(right, row));
  const [one, other] = [evaluate(left, row), evaluate(right, row)];
  if (operator === "is distinct from") return !sameValue(one, other);
  if (operator === "is not distinct from") return sameValue(one, other);
  if ((operator === "/" || operator === "%") && other !== null && toFloat(other) === 0) return fail("division by zero, which engines take differently of NULL");
  return one === null || other === null ? null : operation(operator, one, other);
}

function operation(operator: Exclude<BinaryOperator, "and" | "or" | "is distinct from" | "is not distinct from">, left: Exclude<Value, null>, right: Exclude<Value, null>): Value {
  switch (operator) {
    case "||": return textOf(left) + textOf(right);
    case "like": return isLike(textOf(left), textOf(right));
    case "not like": return !isLike(textOf(left), textOf(right));
    case "=": return compareValues(left, right) === 0;
    case "<>": return compareValues(left, right) !== 0;
    case "<": return compareValues(left, right) < 0;
    case "<=": return compareValues(left, right) <= 0;
    case ">": return compareValues(left, right) > 0;
    case ">=": return compareValues(left, right) >= 0;
    case "/": return toFloat(left) / toFloat(right);
    case "%": return remainder(left, right);
    case "+":
    case "-":
    case "*": return isExactValue(left) && isExactValue(right) ? exactArithmetic(operator, left, right) : floatArithmetic(operator, toFloat(left), toFloat(right));
  }
}

/** Three-valued logic. */
function logical(operator: "and" | "or", left: Value, right: Value): Value {
  const decisive = operator === "or";
  if (left === decisive || right === decisive) return decisive;
  return left === null || right === null ? null : !decisive;
}

function negated(value: Value): Value {
  return value === null ? null : value !== true;
}

function negative(value: Value): Value {
  if (value === null) return null;
  return typeof value === "number" ? -value : { ...exactOf(value), digits: -exactOf(value).digits };
}

function oneOf(operand: Value, options: readonly Value[], isNegated: boolean): Value {
  if (operand === null) return null;
  if (options.some((one) => one !== null && compareValues(operand, one) === 0)) return !isNegated;
  return options.includes(null) ? null : isNegated;
}

function within(operand: Value, low: Value, high: Value, isNegated: boolean): Value {
  const compared = (one: Value, other: Value): Value => (one === null || other === null ? null : compareValues(one, other) <= 0);
  const inside = logical("and", compared(low, operand), compared(operand, high));
  return isNegated ? negated(inside) : inside;
}

function floatArithmetic(operator: "+" | "-" | "*", left: number, right: number): number {
  return operator === "+" ? left + right : operator === "-" ? left - right : left * right;
}

/** `%` is any text, `_` one character; all else stands for itself. */
function isLike(text: string, pattern: string): boolean {
  const parts = [...pattern].map((one) => (one === "%" ? ".*" : one === "_" ? "." : one.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&")));
  return new RegExp(`^${parts.join("")}$`, "su").test(text);
}
