import type { Origin } from "../../../diagnostics/origin.ts";
import type { Expression } from "../../expression.ts";
import { isTemporal } from "../../logical-type.ts";
import type { LinkContext } from "../context.ts";
import { isUsableTime } from "../sources/zone.ts";
import { lookUp, resolveColumn } from "./columns.ts";
import type { LinkedRows } from "./row-source.ts";

/** A column that serves as a time, as an expression; null where it is none or its zone is not known (reported). A bare name is sought in the base first. */
export function linkTime(name: string, use: string, linked: LinkedRows, origin: Origin, context: LinkContext): Expression | null {
  const inBase = lookUp(`${linked.base.readable.id}.${name}`, linked.scope);
  const column = inBase.kind === "found" ? inBase.expression : resolveColumn(name, linked.scope, origin, context.log);
  return column !== null && isInstantOrDate(column, name, use, origin, context) ? column : null;
}

/** True where a value is a date or an instant; reports it otherwise. */
export function isInstantOrDate(value: Expression, name: string, use: string, origin: Origin, context: LinkContext): boolean {
  const type = value.type;
  return type !== null && isUsableTime({ name, type, zone: null }, use, origin, context.log);
}

/** Names of the columns that could serve as a time, qualified where they need to be. */
export function timeColumns(linked: LinkedRows): readonly string[] {
  const columns = linked.inputs.flatMap(({ readable }) =>
    readable.columns.filter((one) => isTemporal(one.type)).map((one) => ({ name: one.name, table: readable.id })),
  );
  return columns.map((one) => (columns.filter((other) => other.name === one.name).length > 1 ? `${one.table}.${one.name}` : one.name));
}
