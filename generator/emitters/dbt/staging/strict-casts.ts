import type { Dialect } from "../../../dialects/types.ts";
import type { LogicalType } from "../../../model/types.ts";
import { jinjaText } from "../sql/surrogate-key.ts";

/** A generated macro around a strict cast of the dialect: it keeps what makes a cast strict out of every staging model. */
export interface StrictCastMacro {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly { readonly name: string; readonly type: string; readonly description: string }[];
  readonly sql: string;
}

/** How a cast takes a value that is none of its type: it raises, or gives NULL. */
export type Strictness = "strict" | "try";

/** A cast as a macro has it; `zoned` where the zone of values without an offset is a parameter. */
export interface CastUse {
  readonly type: LogicalType;
  readonly strictness: Strictness;
  readonly zoned: boolean;
}

/** A call of the macro that casts text (or the type itself) to a type; a zoned one names the zone. */
export function strictCast(sql: string, use: CastUse, zone: string | null = null): string {
  const decimals = use.type.kind === "decimal" ? `, ${use.type.precision}, ${use.type.scale}` : "";
  const named = use.zoned && zone !== null ? `, ${jinjaText(zone)}` : "";
  const lines = sql.split("\n");
  if (lines.length === 1) return `{{ ${macroName(use)}(${jinjaText(sql)}${decimals}${named}) }}`;
  const texts = lines.map((line, index) => jinjaText(index < lines.length - 1 ? `${line}\n` : line));
  return `{{ ${macroName(use)}(\n    ${texts.join("\n    ~ ")}${decimals}${named}\n) }}`;
}

/** True where a cast to the type needs a macro; texts and nested types are cast plainly. */
export function hasStrictCast(to: LogicalType): boolean {
  return to.kind !== "string" && to.kind !== "array" && to.kind !== "struct";
}

/** The macro behind `strictCast`. */
export function strictCastMacro(use: CastUse, dialect: Dialect): StrictCastMacro {
  const { type: to, strictness, zoned } = use;
  const cast = strictness === "strict" ? dialect.strictCast : dialect.tryCast;
  const value = { name: "value", type: "string", description: "SQL of the value, text or the type itself." };
  const failing = strictness === "strict" ? "anything else fails the query with the value in the message" : "anything else gives NULL";
  return {
    name: macroName(use),
    description: `Takes a value as ${to.kind === "decimal" ? "a decimal" : to.kind} only where it is exactly one; ${failing}.${zoned ? " One without an offset was written in the zone." : ""}`,
    arguments: [value, ...(to.kind === "decimal" ? decimalArguments : []), ...(zoned ? zoneArgument : [])],
    sql: to.kind === "decimal" ? cast("{{ value }}", placeholder).replaceAll("(38, 17)", "({{ precision }}, {{ scale }})") : typedFirst(cast("{{ value }}", to, zoned ? "'{{ zone }}'" : undefined), use, dialect),
  };
}

/**
 * A timestamp that is one already need not be read as text: a warehouse that knows so beforehand then sees no more than the column. Nor should one with a zone:
 * its text is in the zone of the session, of whose offset of old (-03:30:52 in St. John's) DuckDB tells hours and minutes only.
 */
function typedFirst(sql: string, { type, zoned }: CastUse, { isTimestamp, toInstant }: Dialect): string {
  if (type.kind !== "timestamp" || isTimestamp === null) return sql;
  const value = "cast({{ value }} as timestamp)";
  const local = `    when ${isTimestamp("{{ value }}", false)}\n        then ${zoned ? toInstant(value, "'{{ zone }}'") : value}\n`;
  const instant = `    when ${isTimestamp("{{ value }}", true)}\n        then cast({{ value }} as timestamptz) at time zone 'UTC'\n`;
  return sql.replace("case\n", `case\n${local}${instant}`);
}

/** A decimal whose parameters are told apart from everything else in its printed cast. */
const placeholder: LogicalType = { kind: "decimal", precision: 38, scale: 17 };

const decimalArguments = [
  { name: "precision", type: "integer", description: "Digits in all." },
  { name: "scale", type: "integer", description: "Digits after the point." },
] as const;

const zoneArgument = [{ name: "zone", type: "string", description: "IANA name of the zone." }] as const;

function macroName({ type, strictness, zoned }: CastUse): string {
  return `${strictness}_${type.kind}${zoned ? "_in" : ""}`;
}
