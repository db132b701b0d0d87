import { stagedValue } from "../../../evaluate/cleaning.ts";
import { namesShard, rawName, sharesItsSource, type SourceColumn, type SourceTable } from "../../../model/source.ts";
import { keyValue } from "./cleaning.ts";
import { rawInputs } from "./raw-inputs.ts";
import { isPlain } from "./table.ts";
import { isPlainText, shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a source table whose rows lie in several raw tables: one row in each, all of which staging shows, with what the contract's columns make of
 * the name of its table. None where no column that tells rows apart is taken as it is.
 */
export function shardsTest(table: SourceTable): readonly UnitTest[] {
  const { shards = [], primaryKey, models } = table;
  const own = table.columns.filter((one) => !namesShard(one, table) && isPlain(one) && !sharesItsSource(one, table) && keyValue(one.type, shards.length - 1) !== null);
  const keys = primaryKey.length === 0 ? own.slice(0, 1) : own.filter((one) => primaryKey.includes(one.name));
  const tellers = table.columns.filter((one) => namesShard(one, table) && one.protect === "none" && one.zone === null);
  if (shards.length === 0 || keys.length === 0) return [];
  const row = (nameOf: (column: (typeof keys)[number]) => string, index: number): UnitRow => Object.fromEntries(keys.map((one) => [nameOf(one), keyValue(one.type, index)]));
  return [
    {
      name: `${models.staging}_has_the_rows_of_every_table`,
      description: `A row of ${table.name} in each of its raw tables.`,
      model: models.staging,
      given: rawInputs(table, shards.map((_, index) => row(rawName, index))),
      expected: shards.map((one, index) => ({ ...row(({ name }) => name, index), ...Object.fromEntries(tellers.flatMap((column) => told(column, one.table))) })),
    },
  ];
}

function told(column: SourceColumn, name: string): readonly (readonly [string, UnitRow[string]])[] {
  const staged = stagedValue(column, name, { zone: null, salt: "" });
  return "value" in staged && isPlainText(name) ? [[column.name, shownValue(staged.value)]] : [];
}
