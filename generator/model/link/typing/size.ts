import { partsOf } from "../../expression-columns.ts";
import type { Expression } from "../../expression.ts";

/** What an expression may still grow by, names that stand for expressions written out; shared by all of its parts. */
export interface Room {
  left: number;
}

/** Room for one expression: more than a person writes or reads, little enough to print in no time. */
export function roomOfOne(): Room {
  return { left: 10_000 };
}

/** How many expressions an expression is made of, itself included; what stands in it twice counts twice. */
export function sizeOf(expression: Expression): number {
  const known = sizes.get(expression);
  if (known !== undefined) return known;
  const size = partsOf(expression).reduce((sum, one) => sum + sizeOf(one), 1);
  sizes.set(expression, size);
  return size;
}

/** Expressions never change, and one that many others name is counted once. */
const sizes = new WeakMap<Expression, number>();
