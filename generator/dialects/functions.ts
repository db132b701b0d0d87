import type { FunctionName } from "../model/expression.ts";
import type { LogicalType } from "../model/types.ts";
import { literalText } from "./sql-text.ts";
import type { Dialect } from "./types.ts";

/** Prints one function: arguments as SQL, their types, and the type of the result. */
export type PrintFunction = (args: readonly string[], types: readonly (LogicalType | null)[], result: LogicalType) => string;

/** `name(a, b)`. */
export function plainCall(name: string): PrintFunction {
  return (args) => `${name}(${args.join(", ")})`;
}

/** `floor`, `ceil` and `trunc` of a whole number are the number: engines make a float of it. */
function toWhole(name: "floor" | "ceil" | "trunc"): PrintFunction {
  return ([value = ""], types) => (types[0]?.kind === "integer" || types[0]?.kind === "bigint" ? `(${value})` : `${name}(${value})`);
}

/** `lpad` and `rpad`, by default with blanks, which not every engine does of itself. */
function padded(name: "lpad" | "rpad"): PrintFunction {
  return ([text = "", length = "", fill = "' '"]) => `${name}(${text}, ${length}, ${fill})`;
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
  concat_ws: plainCall("concat_ws"),
  left: plainCall("left"),
  right: plainCall("right"),
  split_part: plainCall("split_part"),
  strpos: plainCall("strpos"),
  lpad: padded("lpad"),
  rpad: padded("rpad"),
  sign: (args) => `cast(sign(${args.join(", ")}) as integer)`,
  abs: plainCall("abs"),
  floor: toWhole("floor"),
  ceil: toWhole("ceil"),
  trunc: toWhole("trunc"),
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

/** `date_add`: a date stays a date; days are added without an interval. */
export const dateAdd: PrintFunction = (args, types, result) => {
  const { unit, rest } = dateArguments(args);
  const { value, amount } = addends(rest, args, types);
  const literal = /^\(?(-?)([0-9]+)\)?$/.exec(amount);
  const [, minus = "", count = ""] = literal ?? [];
  const sign = minus === "" ? "+" : "-";
  if (result.kind === "date" && unit === "day") return literal === null ? `${value} + cast(${amount} as integer)` : `${value} ${sign} ${count}`;
  const sum = literal === null ? `${value} + ${amount} * ${intervalOf(1, unit)}` : `${value} ${sign} ${intervalOf(Number(count), unit)}`;
  return result.kind === "date" ? `cast(${sum} as date)` : sum;
};

/** `to_date(text, format)`, strictly. */
export function toDate({ parse }: Pick<Dialect, "parse">): PrintFunction {
  return ([value = "", format = ""]) => parse(value, literalText(format) ?? "", { kind: "date" });
}

/** The date and the number of a sum, in whichever order they were written. */
function addends(operands: readonly string[], args: readonly string[], types: readonly (LogicalType | null)[]): { readonly value: string; readonly amount: string } {
  const [first = "", second = ""] = operands;
  const kind = types[args.indexOf(first)]?.kind;
  const isTime = kind === "date" || kind === "timestamp" || kind === "timestamp_ntz";
  return isTime ? { value: first, amount: second } : { value: second, amount: first };
}

/** Quarters and weeks as units that every interval literal knows. */
function intervalOf(count: number, unit: string): string {
  const spelt: Readonly<Record<string, readonly [number, string]>> = { quarter: [3, "month"], week: [7, "day"] };
  const [times, name] = spelt[unit] ?? [1, unit];
  return `interval '${count * times} ${name}'`;
}
