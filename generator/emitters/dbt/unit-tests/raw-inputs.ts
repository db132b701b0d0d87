import { rawTables, type SourceTable } from "../../../model/source.ts";
import type { UnitRow, UnitTest } from "./unit-test.ts";

/** Raw rows as what a staging model reads: several raw tables get them in turn. */
export function rawInputs(table: SourceTable, rows: readonly UnitRow[]): UnitTest["given"] {
  const tables = rawTables(table);
  return tables.map(({ name }, index) => ({ input: `source('${table.dbtSource}', '${name}')`, rows: rows.filter((_, at) => at % tables.length === index) }));
}
