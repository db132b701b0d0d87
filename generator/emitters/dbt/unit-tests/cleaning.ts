import { cleanedValue } from "../../../evaluate/cleaning.ts";
import { edgesOf, cleaningEdges } from "../../../evaluate/edges.ts";
import type { Value } from "../../../evaluate/value.ts";
import type { SourceColumn, SourceTable } from "../../../model/source.ts";
import type { LogicalType } from "../../../model/types.ts";
import { isPlainText, shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a staging model whose contract cleans columns: each row gives every cleaned column a raw value on the edge of one of its steps.
 * The expected values are computed from the contract, not by the SQL under test. None where nothing is cleaned.
 */
export function cleaningTest(table: SourceTable): readonly UnitTest[] {
  const cleaned = table.columns.filter((one) => one.clean.length > 0 && one.protect === "none" && one.zone === null && !isKey(one, table));
  const edges = cleaned.map((column) => ({ column, values: valuesOf(column) })).filter(({ values }) => values.length > 1);
  const keys = table.primaryKey.map((name) => table.columns.find((one) => one.name === name));
  if (edges.length === 0 || keys.some((one) => one === undefined || one.clean.length > 0 || keyValue(one.type, 0) === null)) return [];
  const size = Math.max(...edges.map(({ values }) => values.length));
  const rows = Array.from({ length: size }, (_, index) => unitRow(index, edges, keys.flatMap((one) => one ?? [])));
  return [
    {
      name: `${table.models.staging}_cleans_as_its_contract_says`,
      description: `Raw values on the edges of the cleaning steps of ${table.name}.`,
      model: table.models.staging,
      given: [{ input: `source('${table.dbtSource}', '${table.table}')`, rows: rows.map((one) => one.given) }],
      expected: rows.map((one) => one.expected),
    },
  ];
}

interface Edge {
  readonly raw: string | null;
  readonly value: Value;
}

/** Raw values with what becomes of them, without those that are refused. */
function valuesOf(column: SourceColumn): readonly Edge[] {
  return cleaningEdges(column).flatMap((raw) => {
    const cleaned = cleanedValue(column, raw);
    return "value" in cleaned && isPlainText(raw) && isPlainText(textOf(cleaned.value)) && !(raw === "" && column.physicalType !== null) ? [{ raw, value: cleaned.value }] : [];
  });
}

function textOf(value: Value): string | null {
  const shown = shownValue(value);
  return typeof shown === "string" ? shown : null;
}

function unitRow(index: number, edges: readonly { readonly column: SourceColumn; readonly values: readonly Edge[] }[], keys: readonly SourceColumn[]): { readonly given: UnitRow; readonly expected: UnitRow } {
  const given: Record<string, UnitRow[string]> = {};
  const expected: Record<string, UnitRow[string]> = {};
  for (const key of keys) given[key.physicalName] = expected[key.name] = keyValue(key.type, index);
  for (const { column, values } of edges) {
    const edge = values[index % values.length];
    given[column.physicalName] = edge?.raw ?? null;
    expected[column.name] = shownValue(edge?.value ?? null);
  }
  return { given, expected };
}

function isKey(column: SourceColumn, table: SourceTable): boolean {
  return table.primaryKey.includes(column.name);
}

/** The n-th of values that differ, or null for types that have no more than their edges. */
export function keyValue(type: LogicalType, index: number): string | number | null {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "decimal": return index + 1;
    case "string": return `k${index + 1}`;
    case "date": return `2024-01-${String(index + 1).padStart(2, "0")}`;
    case "timestamp":
    case "timestamp_ntz": return `2024-01-${String(index + 1).padStart(2, "0")} 00:00:00`;
    default: return edgesOf(type)[index] ?? null;
  }
}
