import type { Dialect } from "../../dialects/types.ts";
import { scalar } from "../../model/logical-type.ts";
import type { LogicalType } from "../../model/types.ts";

/** The first instant of a day (an SQL text of type date) of a zone, in UTC. */
export function startOfDay(day: string, zone: string, dialect: Dialect): string {
  return dialect.toInstant(dialect.cast(day, scalar("date"), scalar("timestamp")), dialect.stringLiteral(zone));
}

/** A time as a literal of the warehouse. */
export function instantLiteral(text: string, dialect: Dialect): string {
  return `cast('${text}' as ${dialect.types.timestamp})`;
}

/** Where versions that are open to the beginning start, unless they are older still. */
export function beginningOfTime(dialect: Dialect): string {
  return instantLiteral("1900-01-01", dialect);
}

/** Before all that a source could tell of. */
export function beforeAllTime(dialect: Dialect): string {
  return instantLiteral("0001-01-01", dialect);
}

/** A time as an instant in UTC: a date is the start of that day in the zone. */
export function instantOf(sql: string, type: LogicalType | null, zone: string, dialect: Dialect): string {
  if (type?.kind === "timestamp") return sql;
  return type?.kind === "date" ? startOfDay(sql, zone, dialect) : dialect.cast(sql, type, scalar("timestamp"));
}
