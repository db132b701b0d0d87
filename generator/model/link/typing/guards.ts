import type { Expression } from "../../expression.ts";

/** Expressions that are not zero where a condition holds, or where it does not: `case when x = 0 then 0 else y / x end` divides by none. */
export function nonZero(condition: Expression, holds: boolean): readonly Expression[] {
  if (condition.kind === "unary" && condition.operator === "not") return nonZero(condition.operand, !holds);
  if (condition.kind !== "binary") return [];
  const { operator, left, right } = condition;
  if (operator === (holds ? "and" : "or")) return [...nonZero(left, holds), ...nonZero(right, holds)];
  if (!(holds ? excludingZero : includingZero).has(operator)) return [];
  return isZero(right) ? withParts(left) : isZero(left) ? withParts(right) : [];
}

const excludingZero: ReadonlySet<string> = new Set(["<>", "<", ">"]);
const includingZero: ReadonlySet<string> = new Set(["=", "<=", ">="]);

/** True where the two compute the same from the same columns. */
export function isSame(one: Expression, other: Expression): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** True for a literal zero, of any sign and type. */
export function isZero(value: Expression): boolean {
  if (value.kind === "unary" || value.kind === "cast") return isZero(value.operand);
  return value.kind === "literal" && value.value !== null && Number(value.value) === 0;
}

/** `coalesce(x, 0)` is zero wherever x is. */
function withParts(value: Expression): readonly Expression[] {
  return value.kind === "call" && value.function === "coalesce" ? [value, ...value.arguments.slice(0, 1)] : [value];
}
