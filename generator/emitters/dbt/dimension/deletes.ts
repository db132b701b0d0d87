import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { SelectColumn } from "../sql/query.ts";
import { named } from "./rows.ts";

/** Whether an event of a member can be a deletion; where none can, no row says that it is none. */
export function seesDeletes({ history, deletes }: EntityDimension): boolean {
  if (deletes === "tombstone") return true;
  return deletes === "close" && (history.kind !== "events" || history.isDelete !== null);
}

/** What an event says beside the values: when, and whether it is a deletion. */
export function eventColumns(dimension: EntityDimension, dialect: Dialect): readonly SelectColumn[] {
  return [named("event_effective_at", dialect), ...deleteColumn(dimension, "event_is_delete")];
}

/** Whether an event is a deletion, as a column made of that SQL. */
export function deleteColumn(dimension: EntityDimension, sql: string): readonly SelectColumn[] {
  return seesDeletes(dimension) ? [{ sql, as: "event_is_delete" }] : [];
}
