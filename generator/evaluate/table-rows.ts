import type { SourceTable } from "../model/source.ts";
import { compareValues } from "./compare.ts";
import { byMember } from "./members.ts";
import { firstBy, type RankTerm } from "./ranking.ts";
import type { Values } from "./rows.ts";
import { fail, type Value } from "./value.ts";

/** The rows of a table with history as it is now: the last of each key, without what was deleted. `deletes` are the codes that delete. */
export function currentRows(table: SourceTable, rows: readonly Values[], deletes: readonly Value[]): readonly Values[] {
  const { history } = table;
  switch (history.kind) {
    case "change_log": {
      const code = (row: Values): Value => (history.operation === null ? null : row.get(history.operation.column) ?? null);
      const isDelete = (row: Values): boolean => code(row) !== null && deletes.some((one) => one !== null && compareValues(one, code(row) ?? fail("no code")) === 0);
      const order = [...byColumns([history.effectiveAt, ...history.sequence], "descending"), { value: isDelete, direction: "descending" as const }];
      return firstOfKeys(table, rows, order, "descending").filter((row) => !isDelete(row));
    }
    case "periodic_extract": {
      const [last] = firstBy(rows, byColumns([history.extractDate], "descending"));
      const date = last?.get(history.extractDate) ?? null;
      const held = rows.filter((row) => date !== null && isSame(row.get(history.extractDate) ?? null, date));
      return firstOfKeys(table, held, [], "descending");
    }
    case "current_state":
    case "append_only": return fail("no model of the current state");
  }
}

/** One row per key of a table that states how rows are deduplicated; what was loaded last (or first) counts where that leaves a tie. */
export function deduplicatedRows(table: SourceTable, rows: readonly Values[]): readonly Values[] {
  const { deduplicate } = table;
  if (deduplicate === null) return rows;
  const direction = deduplicate.keep === "latest" ? "descending" : "ascending";
  const loaded = table.loadedAtColumn === null ? [] : [table.loadedAtColumn];
  return firstOfKeys(table, rows, byColumns([...deduplicate.by, ...loaded], direction), direction);
}

/** Ties are broken by all columns as they stand. */
function firstOfKeys({ primaryKey }: SourceTable, rows: readonly Values[], order: readonly RankTerm<Values>[], direction: "ascending" | "descending"): readonly Values[] {
  const keyed = rows.map((row) => ({ key: primaryKey.map((name) => row.get(name) ?? null), row }));
  return byMember(keyed).flatMap((own) => {
    const names = [...(own[0]?.row.keys() ?? [])].filter((name) => !primaryKey.includes(name));
    return firstBy(own.map((one) => one.row), [...order, ...byColumns(names, direction)]);
  });
}

function byColumns(names: readonly string[], direction: "ascending" | "descending"): readonly RankTerm<Values>[] {
  return names.map((name) => ({ value: (row) => row.get(name) ?? null, direction }));
}

function isSame(one: Value, other: Exclude<Value, null>): boolean {
  return one !== null && compareValues(one, other) === 0;
}
