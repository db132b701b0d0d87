import type { Dialect } from "../../../dialects/types.ts";
import type { LogicalType } from "../../../model/types.ts";
import { identifier } from "../sql/expression.ts";
import type { UnitRow } from "./unit-test.ts";

/** Columns of a line: what YAML puts before it counts as well. */
const WIDTH = 70;

/** Rows of a table as a query that says their types, so that they can be given of a table that does not exist yet. */
export function storedSql(rows: readonly UnitRow[], columns: readonly { readonly name: string; readonly type: LogicalType }[], dialect: Dialect): string {
  const shown = columns.filter(({ name }) => rows.some((row) => name in row));
  const names = shown.map(({ name }) => identifier(name, dialect));
  const cell = (value: UnitRow[string] | undefined): string => (value === null || value === undefined ? "null" : dialect.stringLiteral(String(value)));
  return [
    "select",
    shown.map(({ type }, index) => cast(names[index] ?? "", dialect.typeName(type))).join(",\n"),
    "from (",
    "    values",
    rows.map((row) => listed(shown.map(({ name }) => cell(row[name])), "        ")).join(",\n"),
    `) as stored ${listed(names, "").trimStart()}`,
  ].join("\n");
}

function cast(name: string, type: string): string {
  const line = `    cast(${name} as ${type}) as ${name}`;
  return line.length <= WIDTH ? line : `    cast(\n        ${name} as ${type}\n    ) as ${name}`;
}

/** Items in brackets, on one line or as many to a line as fit. */
function listed(items: readonly string[], indent: string): string {
  const line = `${indent}(${items.join(", ")})`;
  if (line.length <= WIDTH - 13) return line;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && `${indent}    ${last}, ${item},`.length <= WIDTH) lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(item);
  }
  return `${indent}(\n${lines.map((one) => `${indent}    ${one}`).join(",\n")}\n${indent})`;
}
