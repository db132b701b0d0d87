import { partsOf } from "../../expression-columns.ts";
import type { Expression } from "../../expression.ts";

/** What an expression may still grow by, names that stand for expressions written out; shared by all of its parts. */
export interface Room {
  left: number;
}

/** Parts of one expression: more than a person writes or reads, few enough to print in no time. */
export const MOST_PARTS = 10_000;

/** How many expressions an expression is made of, itself included; what stands in it twice counts twice, as does what is printed twice. */
export function sizeOf(expression: Expression): number {
  const known = sizes.get(expression);
  if (known !== undefined) return known;
  const size = partsOf(expression).reduce((sum, one, index) => sum + timesPrinted(expression, index) * sizeOf(one), 1);
  sizes.set(expression, size);
  return size;
}

/** Expressions never change, and one that many others name is counted once. */
const sizes = new WeakMap<Expression, number>();

/** How often the SQL of some warehouse has a part: a text is looked at before it is read as a date, a divisor before it divides, the greater text before it is taken. */
function timesPrinted(expression: Expression, index: number): number {
  if (expression.kind === "binary") return index === 1 && (expression.operator === "/" || expression.operator === "%") ? 2 : 1;
  if (expression.kind !== "call") return 1;
  switch (expression.function) {
    case "to_date":
    case "date_diff": return 4;
    case "mod": return index === 1 ? 2 : 1;
    case "greatest":
    case "least": return expression.type.kind === "string" ? 2 ** (expression.arguments.length - index) : 1;
    default: return 1;
  }
}
