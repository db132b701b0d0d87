import type { FunctionName } from "../model/expression.ts";
import type { LogicalType } from "../model/types.ts";
import { dateAdd, dateArguments, partName, sharedFunctions, toDate, type PrintFunction } from "./functions.ts";
import { shownParts, type Directive } from "./parse-format.ts";
import { literalText, singleQuoted } from "./sql-text.ts";
import type { Dialect } from "./types.ts";

/** The functions of the portable subset in PostgreSQL. */
export function postgresFunctions(conversions: Pick<Dialect, "parse">): Readonly<Record<FunctionName, PrintFunction>> {
  return {
    ...sharedFunctions,
    round: (args, types) => rounded(args, types[0]?.kind ?? "decimal"),
    sqrt: (args) => `sqrt(${double(args[0])})`,
    power: (args) => `power(${double(args[0])}, ${double(args[1])})`,
    exp: (args) => `exp(${double(args[0])})`,
    ln: (args) => `ln(${double(args[0])})`,
    log10: (args) => `log10(${double(args[0])})`,
    mod: (args, types, result) => (result.kind === "float" ? `cast(mod(${args.map((one) => `cast(${one} as numeric)`).join(", ")}) as double precision)` : `mod(${args.join(", ")})`),
    greatest: (args, _types, result) => extreme("greatest", args, result),
    least: (args, _types, result) => extreme("least", args, result),
    date_trunc: (args, types, result) => {
      const { unit, rest: [value] } = dateArguments(args);
      // Of a date the engine makes a timestamptz of the session's zone.
      const truncated = `date_trunc('${unit}', cast(${value} as timestamp))`;
      return result.kind === "date" ? `cast(${truncated} as date)` : truncated;
    },
    date_part: (args, _types, result) => {
      const { unit, rest: [value] } = dateArguments(args);
      const part = `extract(${partName(unit)} from ${value})`;
      const whole = unit === "second" || unit === "epoch" ? `floor(${part})` : part;
      return `cast(${whole} as ${result.kind === "float" ? "double precision" : result.kind === "integer" ? "integer" : "bigint"})`;
    },
    date_add: dateAdd,
    date_diff: (args) => {
      const { unit, rest: [from = "", to = ""] } = dateArguments(args);
      return difference(unit, from, to);
    },
    to_date: toDate(conversions),
    to_char: ([value = "", format = ""], types) => shown(value, types[0]?.kind === "date", literalText(format) ?? ""),
    current_date: ([zone = "'UTC'"]) => `cast(now() at time zone ${zone} as date)`,
  };
}

/** Floats are rounded as the decimals they are written as; whole numbers stay whole. */
function rounded(args: readonly string[], kind: LogicalType["kind"]): string {
  const [value = "", ...places] = args;
  switch (kind) {
    case "float": return `cast(round(${[`cast(cast(${value} as text) as numeric)`, ...places].join(", ")}) as double precision)`;
    case "integer":
    case "bigint": return `cast(round(${args.join(", ")}) as ${kind})`;
    default: return `round(${args.join(", ")})`;
  }
}

function double(sql: string | undefined): string {
  return `cast(${sql ?? ""} as double precision)`;
}

/** Texts are compared byte-wise in a case: a collation inside `greatest` itself would cling to its result. */
function extreme(name: "greatest" | "least", args: readonly string[], result: LogicalType): string {
  if (result.kind !== "string") return `${name}(${args.join(", ")})`;
  const operator = name === "greatest" ? ">=" : "<=";
  return args.reduce((one, other) => `case when ${one} collate "C" ${operator} ${other} or ${other} is null then ${one} else ${other} end`);
}

/** Boundaries of a unit between two times, as DuckDB and most others count them. */
function difference(unit: string, from: string, to: string): string {
  const part = (name: string, sql: string): string => `extract(${name} from ${sql})`;
  const years = `(${part("year", to)} - ${part("year", from)})`;
  switch (unit) {
    case "day": return `cast(cast(${to} as date) - cast(${from} as date) as bigint)`;
    case "year": return `cast(${part("year", to)} - ${part("year", from)} as bigint)`;
    case "quarter": return `cast(${years} * 4 + ${part("quarter", to)} - ${part("quarter", from)} as bigint)`;
    case "month": return `cast(${years} * 12 + ${part("month", to)} - ${part("month", from)} as bigint)`;
    case "week": return `cast((cast(${truncated("week", to)} as date) - cast(${truncated("week", from)} as date)) / 7 as bigint)`;
    default: return `cast(extract(epoch from ${truncated(unit, to)} - ${truncated(unit, from)}) / extract(epoch from interval '1 ${unit}') as bigint)`;
  }
}

/** Text of a format is quoted where it could be taken for letters of the engine's own. The clock of a date would be that of the session's zone. */
function shown(value: string, isDate: boolean, format: string): string {
  const parts = shownParts(format) ?? [];
  const hasClock = parts.some((part) => part.kind === "directive" && "HIMSfp".includes(part.letter));
  const template = parts.map((part) => (part.kind === "directive" ? (letters[part.letter] ?? "") : /[ ./:,-]/.test(part.text) ? part.text : `"${part.text.replace(/["\\]/, "\\$&")}"`));
  return `to_char(${isDate && hasClock ? `cast(${value} as timestamp)` : value}, ${singleQuoted(template.join(""))})`;
}

const letters: Readonly<Partial<Record<Directive, string>>> = {
  Y: "YYYY",
  y: "YY",
  m: "MM",
  d: "DD",
  b: "Mon",
  B: "FMMonth",
  H: "HH24",
  I: "HH12",
  M: "MI",
  S: "SS",
  f: "US",
  p: "AM",
};

function truncated(unit: string, sql: string): string {
  return `date_trunc('${unit}', cast(${sql} as timestamp))`;
}
