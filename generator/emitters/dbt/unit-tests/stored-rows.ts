import type { Dialect } from "../../../dialects/types.ts";
import type { LogicalType } from "../../../model/types.ts";
import { identifier } from "../sql/expression.ts";
import type { UnitRow } from "./unit-test.ts";

/** Rows of a table as a query that says their types, so that they can be given of a table that does not exist yet. */
export function storedSql(rows: readonly UnitRow[], columns: readonly { readonly name: string; readonly type: LogicalType }[], dialect: Dialect): string {
  const shown = columns.filter(({ name }) => rows.some((row) => name in row));
  const names = shown.map(({ name }) => identifier(name, dialect));
  const cell = (value: UnitRow[string] | undefined): string => (value === null || value === undefined ? "null" : dialect.stringLiteral(String(value)));
  return [
    "select",
    shown.map(({ type }, index) => `    cast(stored.${names[index]} as ${dialect.typeName(type)}) as ${names[index]}`).join(",\n"),
    "from (",
    "    values",
    rows.map((row) => `        (${shown.map(({ name }) => cell(row[name])).join(", ")})`).join(",\n"),
    `) as stored (${names.join(", ")})`,
  ].join("\n");
}
