import type { FunctionName } from "../model/expression.ts";
import type { LogicalType } from "../model/types.ts";
import { literalText } from "./sql-text.ts";

/** Prints one function: arguments as SQL, their types, and the type of the result. */
export type PrintFunction = (args: readonly string[], types: readonly (LogicalType | null)[], result: LogicalType) => string;

/** `name(a, b)`. */
export function plainCall(name: string): PrintFunction {
  return (args) => `${name}(${args.join(", ")})`;
}

/** Functions that every dialect so far calls by the same name and to the same effect. */
export const sharedFunctions = {
  coalesce: plainCall("coalesce"),
  nullif: plainCall("nullif"),
  lower: plainCall("lower"),
  upper: plainCall("upper"),
  trim: plainCall("trim"),
  ltrim: plainCall("ltrim"),
  rtrim: plainCall("rtrim"),
  length: plainCall("length"),
  substring: plainCall("substring"),
  replace: plainCall("replace"),
  concat: plainCall("concat"),
  left: plainCall("left"),
  right: plainCall("right"),
  split_part: plainCall("split_part"),
  abs: plainCall("abs"),
  floor: plainCall("floor"),
  ceil: plainCall("ceil"),
} as const satisfies Partial<Record<FunctionName, PrintFunction>>;

/** The unit of a date function: its one argument that is a literal such as 'day'; the other arguments keep their order. */
export function dateArguments(args: readonly string[]): { readonly unit: string; readonly rest: readonly string[] } {
  const at = args.findIndex((one) => units.has(literalText(one) ?? ""));
  if (at < 0) throw new Error(`no unit of time among ${args.join(", ")}`);
  return { unit: literalText(args[at] ?? "") ?? "", rest: args.filter((_, index) => index !== at) };
}

const units: ReadonlySet<string> = new Set([
  "year", "quarter", "month", "week", "iso_week", "day", "day_of_week", "isodow", "dow", "doy", "day_of_year", "hour", "minute", "second", "epoch",
]);

/** Our names of the parts of a date, as both engines call them. */
export function partName(part: string): string {
  const names: Readonly<Record<string, string>> = { iso_week: "week", day_of_week: "isodow", day_of_year: "doy" };
  return names[part] ?? part;
}

/** Quarters and weeks as the units that every interval literal knows. */
export function intervalOf(amount: string, unit: string): string {
  const spelt: Readonly<Record<string, readonly [number, string]>> = { quarter: [3, "month"], week: [7, "day"] };
  const [count, name] = spelt[unit] ?? [1, unit];
  return `${amount} * interval '${count} ${name}'`;
}
