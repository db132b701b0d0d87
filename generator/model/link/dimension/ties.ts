import type { DimensionColumn, DimensionHistory } from "../../dimension.ts";
import type { Expression } from "../../expression.ts";
import type { NamedInput } from "../rows/inputs.ts";
import { coversKey, uniqueKeys } from "../rows/unique-keys.ts";

/**
 * What settles which of two rows of one member and time counts, beyond the stated sequence: the columns of the source in the order of its
 * contract, as where the current state of a table is made, so that all that is built from a table takes the same row.
 */
export function tiesOf({ alias, readable }: NamedInput, history: DimensionHistory, key: readonly DimensionColumn[]): readonly Expression[] {
  if (history.kind !== "events" && history.kind !== "extracts") return [];
  const order = history.kind === "events" ? [history.effectiveAt, ...history.sequence] : [history.extractDate];
  const settled = [...order, ...key.map((one) => one.value)].flatMap((one) => (one.kind === "column" && one.input === alias ? [one.name] : []));
  if (isSettled(readable, settled)) return [];
  return readable.columns.flatMap(({ name, type }) => (settled.includes(name) || !isSortable(type) ? [] : [{ kind: "column" as const, input: alias, name, type }]));
}

/**
 * Rows of a table that keeps no history have a primary key of their own, and other rows may have a number that is unique: once that is in the order, no two
 * are alike.
 */
function isSettled({ table }: NamedInput["readable"], settled: readonly string[]): boolean {
  if (table === null) return false;
  const kept = table.history.kind === "append_only" || table.history.kind === "current_state";
  const filled = settled.filter((name) => table.columns.some((one) => one.name === name && !one.nullable));
  return (kept && coversKey(settled, [table.primaryKey])) || coversKey(filled, uniqueKeys({ ...table, primaryKey: [] }));
}

function isSortable(type: Expression["type"]): boolean {
  return type?.kind !== "json" && type?.kind !== "struct" && type?.kind !== "array";
}
