import type { Expression, FunctionName } from "../../expression.ts";
import { scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import type { Environment } from "./environment.ts";

/** An instant as the clock on the wall of the project's zone showed it; anything else as it is. */
export function wallClock(value: Expression, { zone }: Pick<Environment, "zone">): Expression {
  if (value.type?.kind !== "timestamp" || zone === "UTC") return value;
  return { kind: "in_zone", operand: value, zone, type: scalar("timestamp_ntz") };
}

/** A call of a date function whose days, months and years are those of the project's zone; hours and less pass the same everywhere. */
export function localCall(name: FunctionName, values: readonly Expression[], type: LogicalType, environment: Pick<Environment, "zone">): Expression {
  const plain: Expression = { kind: "call", function: name, arguments: values, type };
  if (name === "current_date") return environment.zone === "UTC" ? plain : { ...plain, arguments: [{ kind: "literal", type: scalar("string"), value: environment.zone }] };
  const [unit] = values;
  const isDays = unit?.kind === "literal" && !shortUnits.has(String(unit.value));
  if (!shownFunctions.has(name) && !(isDays && localFunctions.has(name))) return plain;
  const local = values.map((one) => wallClock(one, environment));
  if (local.every((one, index) => one === values[index])) return plain;
  if (name !== "date_trunc" && name !== "date_add") return { ...plain, arguments: local };
  return { kind: "in_zone", operand: { ...plain, arguments: local, type: scalar("timestamp_ntz") }, zone: environment.zone, type };
}

/** Functions that show hours of the day too. */
const shownFunctions: ReadonlySet<FunctionName> = new Set(["date_part", "to_char"]);

const localFunctions: ReadonlySet<FunctionName> = new Set(["date_trunc", "date_add", "date_diff"]);

const shortUnits: ReadonlySet<string> = new Set(["hour", "minute", "second"]);
