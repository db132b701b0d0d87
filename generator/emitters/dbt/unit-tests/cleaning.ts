import { stagedValue } from "../../../evaluate/cleaning.ts";
import { cleaningEdges, edgesOf, wallClockEdges } from "../../../evaluate/edges.ts";
import { dayText } from "../../../evaluate/time.ts";
import type { Value } from "../../../evaluate/value.ts";
import { namesShard, rawName, sharesItsSource, type SourceColumn, type SourceTable } from "../../../model/source.ts";
import type { LogicalType } from "../../../model/types.ts";
import { rawInputs } from "./raw-inputs.ts";
import { isPlainText, shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a staging model whose contract cleans columns or says in which zone times were written: each row gives every such column a raw value on the
 * edge of one of its steps, or in an hour that clocks leave out or show twice. The expected values are computed from the contract, not by the SQL under test.
 * None where nothing of the kind is done.
 */
export function cleaningTest(table: SourceTable): readonly UnitTest[] {
  const edges = edgesIn(table).filter(({ values }) => values.length > 1);
  const keys = table.primaryKey.map((name) => table.columns.find((one) => one.name === name));
  const size = Math.max(0, ...edges.map(({ values }) => values.length));
  if (size === 0 || keys.some((one) => one === undefined || namesShard(one, table) || one.clean.length > 0 || isMoved(one) || sharesItsSource(one, table) || keyValue(one.type, size - 1) === null)) return [];
  const rows = Array.from({ length: size }, (_, index) => unitRow(index, edges, keys.flatMap((one) => one ?? [])));
  return [
    {
      name: `${table.models.staging}_cleans_as_its_contract_says`,
      description: `Raw values on the edges of ${edges.some(({ column }) => isMoved(column)) ? "cleaning steps and clocks" : "the cleaning steps"} of ${table.name}.`,
      model: table.models.staging,
      ...(edges.some(({ column }) => column.protect === "hash") ? { salt: SALT } : {}),
      given: rawInputs(table, rows.map((one) => one.given)),
      expected: rows.map((one) => one.expected),
    },
  ];
}

/** What hashes are salted with in unit tests, whatever the environment says. */
const SALT = "salt";

/** A raw value, the zone that its row names, and what becomes of it. */
interface Edge {
  readonly raw: string | null;
  readonly zone: string | null;
  readonly value: Value;
}

/** A column with its values, and the column that says in which zone they were written. */
interface Edges {
  readonly column: SourceColumn;
  readonly zoneColumn: SourceColumn | null;
  readonly values: readonly Edge[];
}

/** The columns of a table that are cleaned or moved to UTC. Of those whose rows name their zone in one column the first counts. */
function edgesIn(table: SourceTable): readonly Edges[] {
  const worked = table.columns.filter((one) => one.protect !== "drop" && !namesShard(one, table) && !isKey(one, table) && !sharesItsSource(one, table) && (isMoved(one) ? isReadAsText(one, table) : one.clean.length > 0));
  return worked.flatMap((column, index): readonly Edges[] => {
    const { zone } = column;
    if (zone?.kind !== "column") return [{ column, zoneColumn: null, values: valuesOf(column, zone === null || zone.kind === "local" ? null : zone.name) }];
    const isFirst = worked.findIndex((one) => one.zone?.kind === "column" && one.zone.column === zone.column) === index;
    const zoneColumn = table.columns.find((one) => one.name === zone.column && one.clean.length === 0 && !isKey(one, table) && !sharesItsSource(one, table));
    const told = (name: string | null): readonly Edge[] => valuesOf(column, name).slice(1, 2);
    return isFirst && zoneColumn !== undefined ? [{ column, zoneColumn, values: [...valuesOf(column, "Europe/Oslo"), ...told("America/New_York"), ...told(null)] }] : [];
  });
}

/** Raw values with what becomes of them, without those that are refused. */
function valuesOf(column: SourceColumn, zone: string | null): readonly Edge[] {
  return [...cleaningEdges(column), ...(zone === null ? [] : wallClockEdges(column, zone))].flatMap((raw) => {
    const staged = stagedValue(column, raw, { zone, salt: SALT });
    return "value" in staged && isPlainText(raw) && isPlainText(textOf(staged.value)) && !(raw === "" && column.physicalType !== null) ? [{ raw, zone, value: staged.value }] : [];
  });
}

/** Whether times of a column are moved to UTC from where they were written. */
function isMoved({ zone }: SourceColumn): boolean {
  return zone !== null && zone.kind !== "local" && (zone.kind === "column" || zone.name !== "UTC");
}

/** Whether a test knows how the raw values of a column are read: those that may carry an offset only as texts. */
function isReadAsText({ zone, physicalType }: SourceColumn, { landing }: SourceTable): boolean {
  return zone?.kind !== "default" || landing === "text" || physicalType?.kind === "string";
}

function textOf(value: Value): string | null {
  const shown = shownValue(value);
  return typeof shown === "string" ? shown : null;
}

function unitRow(index: number, edges: readonly Edges[], keys: readonly SourceColumn[]): { readonly given: UnitRow; readonly expected: UnitRow } {
  const given: Record<string, UnitRow[string]> = {};
  const expected: Record<string, UnitRow[string]> = {};
  for (const key of keys) given[rawName(key)] = expected[key.name] = keyValue(key.type, index);
  for (const { column, zoneColumn, values } of edges) {
    const edge = values[index % values.length];
    given[rawName(column)] = edge?.raw ?? null;
    if (zoneColumn !== null) given[rawName(zoneColumn)] = edge?.zone ?? null;
    expected[column.name] = shownValue(edge?.value ?? null);
  }
  return { given, expected };
}

function isKey(column: SourceColumn, table: SourceTable): boolean {
  return table.primaryKey.includes(column.name);
}

/** 2024-01-01 in days since 1970. */
const NEW_YEAR = 19_723;

/** The n-th of values that differ, or null for types that have no more than their edges. */
export function keyValue(type: LogicalType, index: number): string | number | null {
  switch (type.kind) {
    case "integer":
    case "bigint":
    case "decimal": return index + 1;
    case "string": return `k${index + 1}`;
    case "date": return dayText({ kind: "day", day: NEW_YEAR + index });
    case "timestamp":
    case "timestamp_ntz": return `${dayText({ kind: "day", day: NEW_YEAR + index })} 00:00:00`;
    case "uuid": return `00000000-0000-4000-8000-${String(index + 1).padStart(12, "0")}`;
    default: return edgesOf(type)[index] ?? null;
  }
}
