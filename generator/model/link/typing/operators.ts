import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import type { Expression } from "../../expression.ts";
import { decimal, digits, isExact, isInteger, isNumeric, isTemporal, scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import type { SyntaxOperator } from "../sql/syntax.ts";
import { mismatch, typeWord, type Environment } from "./environment.ts";
import { isSame, isZero } from "./guards.ts";
import { asText, fitted, unified } from "./literals.ts";

/** The typed form of `left operator right`; null where the types do not fit (reported). */
export function checkBinary(operator: SyntaxOperator, left: Expression, right: Expression, environment: Environment): Expression | null {
  switch (operator) {
    case "and":
    case "or":
      return ofType("boolean", operator, left, right, scalar("boolean"), environment);
    case "||":
      return checkConcatenation(left, right, environment);
    case "like":
    case "not like":
      return ofType("string", operator, left, right, scalar("boolean"), environment);
    case "ilike":
    case "not ilike":
      return inLowerCase(ofType("string", operator === "ilike" ? "like" : "not like", left, right, scalar("boolean"), environment));
    case "is distinct from":
    case "is not distinct from":
      return checkDistinct(operator, left, right, environment);
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return checkComparison(operator, left, right, environment);
    case "+":
    case "-":
      return checkDays(operator, left, right) ?? checkArithmetic(operator, left, right, environment);
    case "*":
    case "/":
    case "%":
      return checkArithmetic(operator, left, right, environment);
  }
}

function ofType(kind: "boolean" | "string", operator: "and" | "or" | "||" | "like" | "not like", left: Expression, right: Expression, type: LogicalType, environment: Environment): Expression | null {
  const [one, other] = [fitted(left, scalar(kind)), fitted(right, scalar(kind))];
  if (one !== null && other !== null) return { kind: "binary", operator, left: one, right: other, type };
  const wrong = typeWord(one === null ? left : right);
  return kind === "string"
    ? mismatch(environment, `'${operator}' takes texts, not ${wrong}`, "write cast(x as string) where the text of another type is meant.")
    : mismatch(environment, `'${operator}' takes conditions, not ${wrong}`, "compare the value with something, as in x = 1 or x is not null.");
}

/** Beside a text, what has one text everywhere needs no cast. */
function checkConcatenation(left: Expression, right: Expression, environment: Environment): Expression | null {
  const isText = [left, right].some((one) => one.type?.kind === "string");
  const [one, other] = isText ? [asText(left) ?? left, asText(right) ?? right] : [left, right];
  return ofType("string", "||", one, other, scalar("string"), environment);
}

/** `ilike` is `like` of both sides in lower case: what an engine's own takes for the same letter depends on its locale. */
function inLowerCase(compared: Expression | null): Expression | null {
  return compared?.kind === "binary" ? { ...compared, left: lowered(compared.left), right: lowered(compared.right) } : compared;
}

/** ASCII is lowered here, so that a pattern stays one to read. */
function lowered(text: Expression): Expression {
  if (text.kind === "literal" && typeof text.value === "string" && /^[\x20-\x7e]*$/.test(text.value)) return { ...text, value: text.value.toLowerCase() };
  return { kind: "call", function: "lower", arguments: [text], type: scalar("string") };
}

/** Two operands of one type for `=` and its like; a text literal takes the type of the date it is compared with. */
export function comparedTogether(expressions: readonly Expression[], environment: Environment): readonly Expression[] | null {
  const found = unified(expressions, environment.zone);
  if (found !== null && !["json", "array", "struct", "binary"].includes(found.type.kind)) return found.expressions;
  const words = [...new Set(expressions.map(typeWord))].join(" and ");
  const dates = expressions.some((one) => one.type !== null && isTemporal(one.type));
  const conditions = expressions.some((one) => one.type?.kind === "boolean");
  return mismatch(environment, `${words} cannot be compared`, dates
    ? "write dates as '2024-01-31' and timestamps as '2024-01-31 12:00:00'; compare a timestamp with a date as cast(x as date)."
    : conditions
      ? "a boolean is a condition by itself: write x, not x, or x = true."
      : "write cast(x as type) where one of them is meant as the other; quote texts, leave numbers bare.");
}

/** NULL is a value like any other here. */
function checkDistinct(operator: "is distinct from" | "is not distinct from", left: Expression, right: Expression, environment: Environment): Expression | null {
  const [nothing, operand] = left.type === null ? [left, right] : [right, left];
  if (nothing.type === null) return { kind: "is_null", operand, negated: operator === "is distinct from", type: scalar("boolean") };
  const [one, other] = comparedTogether([left, right], environment) ?? [];
  return one === undefined || other === undefined ? null : { kind: "binary", operator, left: one, right: other, type: scalar("boolean") };
}

function checkComparison(operator: "=" | "<>" | "<" | "<=" | ">" | ">=", left: Expression, right: Expression, environment: Environment): Expression | null {
  if (left.type === null || right.type === null) {
    return mismatch(environment, `'${operator}' never holds for NULL`, "write x is null or x is not null.");
  }
  const [one, other] = comparedTogether([left, right], environment) ?? [];
  if (one === undefined || other === undefined) return null;
  return { kind: "binary", operator, left: one, right: other, type: scalar("boolean") };
}

/** `date + 3`, `date - 3` and `date - date`, counted in days; null where it is none of them. */
function checkDays(operator: "+" | "-", left: Expression, right: Expression): Expression | null {
  if (left.type === null || right.type === null) return null;
  const day: Expression = { kind: "literal", type: scalar("string"), value: "day" };
  if (left.type.kind === "date" && isInteger(right.type)) {
    const count: Expression = operator === "+" ? right : { kind: "unary", operator: "-", operand: right, type: right.type };
    return { kind: "call", function: "date_add", arguments: [day, count, left], type: left.type };
  }
  if (operator === "-" && left.type.kind === "date" && right.type.kind === "date") {
    return { kind: "call", function: "date_diff", arguments: [day, right, left], type: scalar("integer") };
  }
  return null;
}

function checkArithmetic(operator: "+" | "-" | "*" | "/" | "%", first: Expression, second: Expression, environment: Environment): Expression | null {
  const left = first.type === null && second.type !== null ? (fitted(first, second.type) ?? first) : first;
  const right = second.type === null && first.type !== null ? (fitted(second, first.type) ?? second) : second;
  if (left.type === null || right.type === null || !isNumeric(left.type) || !isNumeric(right.type)) {
    return mismatch(environment, `'${operator}' takes numbers, not ${typeWord(left)} and ${typeWord(right)}`, arithmeticHelp(operator, left, right));
  }
  if ((operator === "/" || operator === "%") && !isDivisor(right, operator, environment)) return null;
  return { kind: "binary", operator, left, right, type: arithmeticType(operator, left, right) };
}

/** True where a value may be divided by, with a warning where it may be zero; false where it always is (reported). */
export function isDivisor(value: Expression, operator: string, environment: Environment): boolean {
  if (isZero(value)) return mismatch(environment, `'${operator}' by 0 has no value`, "divide by a column or by another number.") !== null;
  warnOfZero(value, environment);
  return true;
}

function arithmeticHelp(operator: string, left: Expression, right: Expression): string {
  if (left.type?.kind === "date" && right.type?.kind === "time") return "write cast(cast(day as string) || ' ' || cast(hour as string) as timestamp) for the instant of a date and a time.";
  const temporal = [left, right].some((one) => one.type !== null && isTemporal(one.type));
  if (temporal) return "write date_add('day', 1, x) to move a date or timestamp, date_diff('day', from, to) to count between two.";
  if (operator === "+" && [left, right].some((one) => one.type?.kind === "string")) return "texts are joined by ||; a number kept as text is typed in the contract or by cast(x as decimal(12,2)).";
  return "write cast(x as decimal(12,2)) or type the column as a number in its contract.";
}

/** `/` is float always; `+ - %` keep the larger scale, `*` adds the scales; 38 digits are the most. */
function arithmeticType(operator: "+" | "-" | "*" | "/" | "%", left: Expression, right: Expression): LogicalType {
  const [a, b] = [left.type ?? scalar("float"), right.type ?? scalar("float")];
  if (operator === "/" || !isExact(a) || !isExact(b)) return scalar("float");
  if (isInteger(a) && isInteger(b)) return scalar(a.kind === "bigint" || b.kind === "bigint" ? "bigint" : "integer");
  const [x, y] = [exactDigits(left), exactDigits(right)];
  if (operator === "*") return decimal(x.precision + y.precision, x.scale + y.scale);
  const scale = Math.max(x.scale, y.scale);
  return decimal(Math.max(x.precision - x.scale, y.precision - y.scale) + scale + (operator === "%" ? 0 : 1), scale);
}

/** Digits of an operand; a whole-number literal counts its own digits, so that `amount * 2` stays narrow. */
function exactDigits(expression: Expression): { readonly precision: number; readonly scale: number } {
  if (expression.kind === "literal" && expression.type?.kind !== "decimal") return { precision: String(expression.value).length, scale: 0 };
  return digits(expression.type ?? scalar("bigint"));
}

function warnOfZero(divisor: Expression, environment: Environment): void {
  const operand = divisor.kind === "unary" || divisor.kind === "cast" ? divisor.operand : divisor;
  if (operand.kind === "literal" && Number(operand.value) !== 0) return;
  if (operand.kind === "call" && operand.function === "nullif") return;
  if (environment.nonZero?.some((one) => isSame(one, operand)) === true) return;
  const text = operand.kind === "column" ? operand.name : operand.kind === "literal" ? String(operand.value) : null;
  const parameters = text === null ? { what: "The divisor", guarded: "nullif(…, 0) around the divisor" } : { what: `The divisor '${text}'`, guarded: `nullif(${text}, 0)` };
  environment.log.add(expressionDiagnostics.report("unguarded-division", { origin: environment.origin }, parameters));
}
