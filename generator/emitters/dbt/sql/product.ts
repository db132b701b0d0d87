import type { Expression } from "../../../model/expression.ts";
import { isExact, isInteger } from "../../../model/logical-type.ts";

/**
 * The factor to cast to more digits than `most` before it is multiplied: where neither has more, the engine keeps the product to as many,
 * and overflows. It is the one with more digits, so that the product has few beyond those it needs. Null where nothing is to be done.
 */
export function factorToWiden(left: Expression, right: Expression, most: number | null): "left" | "right" | null {
  if (most === null || !overflows(left, right, most)) return null;
  if (left.type?.kind !== "decimal") return "right";
  return right.type?.kind === "decimal" && digitsOf(right) > digitsOf(left) ? "right" : "left";
}

function overflows(left: Expression, right: Expression, most: number): boolean {
  const exact = [left, right].every(({ type }) => type !== null && isExact(type));
  return exact && digitsOf(left) + digitsOf(right) > most && !isWide(left, most) && !isWide(right, most);
}

/** Of whole numbers in columns, a quantity or a count has no more; the type alone would say ten. */
const DIGITS_OF_COUNTS = 6;

/** How many digits a factor may fill. */
function digitsOf(factor: Expression): number {
  if (factor.kind === "unary") return digitsOf(factor.operand);
  if (factor.kind === "binary" && factor.operator === "*") return digitsOf(factor.left) + digitsOf(factor.right);
  if (factor.kind === "literal" && typeof factor.value === "number") return Math.abs(factor.value) <= 1 ? 0 : String(Math.abs(factor.value)).length;
  if (factor.type?.kind === "decimal") return factor.type.precision;
  return factor.type?.kind === "integer" ? DIGITS_OF_COUNTS : 19;
}

/** True where the engine, too, has more digits for a factor; of sums and functions it may have fewer than their type here says. */
function isWide(factor: Expression, most: number): boolean {
  if (factor.type?.kind === "bigint") return true;
  switch (factor.kind) {
    case "column":
    case "cast":
    case "literal": return digitsOf(factor) > most;
    case "unary": return isWide(factor.operand, most);
    case "binary": return factor.operator === "*" && !isInteger(factor.type) && (isWide(factor.left, most) || isWide(factor.right, most) || overflows(factor.left, factor.right, most));
    default: return false;
  }
}
