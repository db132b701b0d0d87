import type { SourceTable } from "../../source.ts";

/**
 * Sets of columns that are unique in a table by its contract: the primary key, and every `unique` check. In a change log
 * or a periodic extract the primary key is that of the current state.
 */
export function uniqueKeys(table: SourceTable): readonly (readonly string[])[] {
  const checked = table.checks.flatMap((one) => {
    if (one.kind !== "unique") return [];
    if (one.column !== null) return [[one.column]];
    return one.params.columns === undefined ? [] : [one.params.columns];
  });
  return [table.primaryKey, ...checked].filter((one) => one.length > 0);
}

/** True where some key lies within the columns, so that no two rows share their values. */
export function coversKey(columns: Iterable<string>, keys: readonly (readonly string[])[]): boolean {
  const given = new Set(columns);
  return keys.some((key) => key.length > 0 && key.every((one) => given.has(one)));
}
