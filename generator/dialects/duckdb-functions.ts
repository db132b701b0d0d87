import type { FunctionName } from "../model/expression.ts";
import type { LogicalType } from "../model/types.ts";
import { dateAdd, dateArguments, partName, plainCall, sharedFunctions, toDate, type PrintFunction } from "./functions.ts";
import type { Dialect } from "./types.ts";

type Conversions = Pick<Dialect, "parse" | "cast">;

/** The functions of the portable subset in DuckDB. */
export function duckdbFunctions({ parse, cast }: Conversions): Readonly<Record<FunctionName, PrintFunction>> {
  return {
    ...sharedFunctions,
    // Floats are rounded as the decimals they are written as, so that 1.005 gives 1.01 as on other engines.
    round: (args, types, result) => (types[0]?.kind === "float" ? `cast(round(cast(cast(${args[0]} as varchar) as decimal(38, 12))${rest(args)}) as double)` : narrowed(`round(${args.join(", ")})`, types, result)),
    floor: (args, types, result) => narrowed(sharedFunctions.floor(args, types, result), types, result),
    ceil: (args, types, result) => narrowed(sharedFunctions.ceil(args, types, result), types, result),
    trunc: (args, types, result) => narrowed(sharedFunctions.trunc(args, types, result), types, result),
    sqrt: plainCall("sqrt"),
    power: plainCall("power"),
    exp: plainCall("exp"),
    ln: plainCall("ln"),
    log10: plainCall("log10"),
    mod: (args) => `mod(${args[0]}, ${guarded(args[1] ?? "")})`,
    greatest: plainCall("greatest"),
    least: plainCall("least"),
    ...dateFunctions(cast),
    to_date: toDate({ parse }),
    to_char: plainCall("strftime"),
    current_date: ([zone = "'UTC'"]) => `cast(current_timestamp at time zone ${zone} as date)`,
  };
}

function dateFunctions(cast: Conversions["cast"]): Readonly<Record<"date_trunc" | "date_part" | "date_add" | "date_diff", PrintFunction>> {
  return {
    date_trunc: (args, types, result) => {
      const { unit, rest: [value] } = dateArguments(args);
      const truncated = `date_trunc('${unit}', ${value})`;
      return result.kind === "date" ? `cast(${truncated} as date)` : truncated;
    },
    date_part: (args, _types, result) => {
      const { unit, rest: [value] } = dateArguments(args);
      const part = `extract(${partName(unit)} from ${value})`;
      return cast(unit === "epoch" ? `floor(${part})` : part, null, result);
    },
    date_add: dateAdd,
    // Weeks begin on Mondays here as elsewhere; date_diff('week') of the engine counts full weeks.
    date_diff: (args) => {
      const { unit, rest: [from, to] } = dateArguments(args);
      if (unit !== "week") return `date_diff('${unit}', ${from}, ${to})`;
      return `cast(date_diff('day', date_trunc('week', ${from}), date_trunc('week', ${to})) / 7 as bigint)`;
    },
  };
}

/** Rounding keeps the digits of its type: a wide one would take in front what it lost behind, and cost values beside it their decimals. */
function narrowed(sql: string, [from]: readonly (LogicalType | null)[], to: LogicalType): string {
  return from?.kind === "decimal" && from.precision > 18 && to.kind === "decimal" && to.precision < from.precision ? `cast(${sql} as decimal(${to.precision}, ${to.scale}))` : sql;
}

/** A divisor that raises where it is zero: the engine itself gives infinity or NULL. */
export function guarded(divisor: string): string {
  if (/^[1-9][0-9]*$/.test(divisor)) return divisor;
  return `case when ${divisor} = 0 then error('division by zero') else ${divisor} end`;
}

function rest(args: readonly string[]): string {
  return args.slice(1).map((one) => `, ${one}`).join("");
}
