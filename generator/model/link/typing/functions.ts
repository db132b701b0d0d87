import type { FunctionName } from "../../expression.ts";

/**
 * What an argument must be. `text` takes what has one text everywhere, too; `unit` is the name of a part of a date, written as a text, `format` how a date is written; `same` arguments are brought to
 * one type, which is then the result's where the result says `same`.
 */
export type ParameterKind = "string" | "text" | "number" | "integer" | "temporal" | "unit" | "format" | "same";

/** A function: its parameters, how many may be left off or repeated at the end, and its result. */
export interface FunctionShape {
  readonly parameters: readonly ParameterKind[];
  readonly optional: number;
  /** True where the last parameter may repeat. */
  readonly rest: boolean;
  readonly result: "string" | "integer" | "float" | "boolean" | "date" | "same" | "first" | "last" | "rounded" | "whole" | "truncated";
  readonly usage: string;
}

/** Every function of the portable subset, with the form that its help shows. */
export const functionShapes: Readonly<Record<FunctionName, FunctionShape>> = {
  coalesce: shape(["same", "same"], "same", "coalesce(x, y)", { rest: true }),
  nullif: shape(["same", "same"], "first", "nullif(x, 0)"),
  lower: shape(["string"], "string", "lower(text)"),
  upper: shape(["string"], "string", "upper(text)"),
  trim: shape(["string", "string"], "string", "trim(text)", { optional: 1 }),
  ltrim: shape(["string", "string"], "string", "ltrim(text, '0')", { optional: 1 }),
  rtrim: shape(["string", "string"], "string", "rtrim(text)", { optional: 1 }),
  length: shape(["string"], "integer", "length(text)"),
  substring: shape(["string", "integer", "integer"], "string", "substring(text, 1, 3)", { optional: 1 }),
  replace: shape(["string", "string", "string"], "string", "replace(text, 'a', 'b')"),
  concat: shape(["text", "text"], "string", "concat(text, text)", { rest: true }),
  concat_ws: shape(["string", "text", "text"], "string", "concat_ws(' ', text, text)", { rest: true }),
  left: shape(["string", "integer"], "string", "left(text, 3)"),
  right: shape(["string", "integer"], "string", "right(text, 3)"),
  split_part: shape(["string", "string", "integer"], "string", "split_part(text, '-', 1)"),
  strpos: shape(["string", "string"], "integer", "strpos(text, '@')"),
  lpad: shape(["text", "integer", "string"], "string", "lpad(text, 5, '0')", { optional: 1 }),
  rpad: shape(["text", "integer", "string"], "string", "rpad(text, 5)", { optional: 1 }),
  abs: shape(["number"], "first", "abs(x)"),
  sign: shape(["number"], "integer", "sign(x)"),
  round: shape(["number", "integer"], "rounded", "round(x, 2)", { optional: 1 }),
  floor: shape(["number"], "whole", "floor(x)"),
  ceil: shape(["number"], "whole", "ceil(x)"),
  trunc: shape(["number"], "whole", "trunc(x)"),
  sqrt: shape(["number"], "float", "sqrt(x)"),
  power: shape(["number", "number"], "float", "power(x, 2)"),
  exp: shape(["number"], "float", "exp(x)"),
  ln: shape(["number"], "float", "ln(x)"),
  log10: shape(["number"], "float", "log10(x)"),
  mod: shape(["number", "number"], "same", "mod(x, 2)"),
  greatest: shape(["same", "same"], "same", "greatest(x, y)", { rest: true }),
  least: shape(["same", "same"], "same", "least(x, y)", { rest: true }),
  date_trunc: shape(["unit", "temporal"], "truncated", "date_trunc('month', x)"),
  date_part: shape(["unit", "temporal"], "integer", "date_part('year', x)"),
  date_add: shape(["unit", "integer", "temporal"], "last", "date_add('day', 1, x)"),
  date_diff: shape(["unit", "temporal", "temporal"], "integer", "date_diff('day', from, to)"),
  to_date: shape(["string", "format"], "date", "to_date(text, '%d/%m/%Y')"),
  to_char: shape(["temporal", "format"], "string", "to_char(x, '%Y-%m')"),
  current_date: shape([], "date", "current_date"),
};

/** Other spellings of functions, by warehouse habit. `year(x)` and its like are parts of a date, see `partFunctions`; forms with other arguments are in `longForm`. */
export const functionSynonyms: ReadonlyMap<string, FunctionName> = new Map([
  ["substr", "substring"], ["mid", "substring"], ["ceiling", "ceil"], ["char_length", "length"], ["character_length", "length"], ["len", "length"],
  ["ifnull", "coalesce"], ["nvl", "coalesce"], ["pow", "power"], ["lcase", "lower"], ["ucase", "upper"], ["btrim", "trim"], ["dateadd", "date_add"],
  ["datediff", "date_diff"], ["datepart", "date_part"], ["datetrunc", "date_trunc"], ["curdate", "current_date"], ["today", "current_date"], ["instr", "strpos"],
]);

/** Functions that are a part of a date: `year(x)`. */
export const partFunctions: ReadonlySet<string> = new Set(["year", "quarter", "month", "week", "weekofyear", "day", "dayofmonth", "dayofyear", "hour", "minute", "second"]);

/** The function a name means, or null where it is none. Looks up own keys only, so `constructor` is no function. */
export function functionNamed(name: string): FunctionName | null {
  return knownFunctions.get(name) ?? functionSynonyms.get(name) ?? null;
}

const knownFunctions: ReadonlyMap<string, FunctionName> = new Map(
  ([
    "coalesce", "nullif", "lower", "upper", "trim", "ltrim", "rtrim", "length", "substring", "replace", "concat", "concat_ws", "left", "right", "split_part", "strpos", "lpad", "rpad",
    "abs", "sign", "round", "floor", "ceil", "trunc", "sqrt", "power", "exp", "ln", "log10", "mod", "greatest", "least", "date_trunc", "date_part", "date_add", "date_diff", "to_date", "to_char",
    "current_date",
  ] as const).map((name) => [name, name]),
);

/** The one spelling of a unit in a function that takes it, or null where it is not understood. */
export function unitNamed(name: FunctionName, text: string): string | null {
  const unit = text.toLowerCase().replace(/s$/, "");
  return (name === "date_part" ? partSpellings.get(unit) : undefined) ?? (units.has(unit) ? unit : null);
}

const units: ReadonlySet<string> = new Set(["year", "quarter", "month", "week", "day", "hour", "minute", "second"]);

const partSpellings: ReadonlyMap<string, string> = new Map([
  ["week", "iso_week"], ["isoweek", "iso_week"], ["iso_week", "iso_week"], ["weekofyear", "iso_week"], ["isodow", "day_of_week"], ["day_of_week", "day_of_week"], ["dayofmonth", "day"],
  ["doy", "day_of_year"], ["dayofyear", "day_of_year"], ["day_of_year", "day_of_year"],
]);

function shape(
  parameters: readonly ParameterKind[],
  result: FunctionShape["result"],
  usage: string,
  { optional = 0, rest = false }: { readonly optional?: number; readonly rest?: boolean } = {},
): FunctionShape {
  return { parameters, optional, rest, result, usage };
}
