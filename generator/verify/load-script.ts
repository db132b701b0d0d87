import type { Dialect } from "../dialects/types.ts";
import { hash } from "../model/short-name.ts";
import { rawName, rawTables, type SourceColumn, type SourceTable } from "../model/source.ts";
import type { SampleDay, SampleTable } from "./sample/sample.ts";
import { rawColumns } from "./sample/raw-columns.ts";

const ROWS_PER_INSERT = 500;

/**
 * SQL that lands one day of sample data in the raw schemas, as a loader would: texts only where the project's own extraction lands them
 * (with `_extracted_at`, `_source` and `_source_row`), the contract's physical types elsewhere. Statements, in order.
 */
export function loadScript(day: SampleDay, dialect: Dialect): readonly string[] {
  return day.tables.flatMap((one) => tableScript(one, day.date, dialect));
}

/** The names of the raw tables of a source table. */
export function rawRelations(table: SourceTable, dialect: Dialect): readonly string[] {
  return rawTables(table).map((one) => `${dialect.quote(table.physical.schema)}.${dialect.quote(one.table)}`);
}

/** Statements that make the raw tables where there are none. */
export function emptyTable(table: SourceTable, dialect: Dialect): readonly string[] {
  const own = rawColumns(table).map(({ name, columns: [first] }) => ({ name, type: first === undefined ? dialect.types.string : columnType(first, table, dialect) }));
  const defined = [...own, ...loaderColumns(table, dialect)].map((one) => `${dialect.quote(one.name)} ${one.type}`);
  return [`create schema if not exists ${dialect.quote(table.physical.schema)}`, ...rawRelations(table, dialect).map((name) => `create table if not exists ${name} (${defined.join(", ")})`)];
}

function tableScript({ table, rows, whole }: SampleTable, date: string, dialect: Dialect): readonly string[] {
  const names = rawRelations(table, dialect);
  const added = loaderColumns(table, dialect);
  const text = (value: string | null): string => (value === null ? "null" : dialect.stringLiteral(value));
  const values = rows.map((row, index) => `(${[...row.map(text), ...added.map((one) => text(one.value(date, index + 1)))].join(", ")})`);
  const inserts = names.flatMap((name, place) => {
    // Of several tables each gets its share of the rows; a row that stays as it is stays where it is.
    const own = values.filter((_, index) => placeOf(rows[index] ?? [], names.length) === place);
    const chunks = Array.from({ length: Math.ceil(own.length / ROWS_PER_INSERT) }, (_, index) => own.slice(index * ROWS_PER_INSERT, (index + 1) * ROWS_PER_INSERT));
    return chunks.map((chunk) => `insert into ${name} values ${chunk.join(", ")}`);
  });
  return [...emptyTable(table, dialect), ...(whole ? names.map((name) => `delete from ${name}`) : []), ...inserts];
}

function placeOf(row: readonly (string | null)[], places: number): number {
  return places === 1 ? 0 : Number.parseInt(hash(JSON.stringify(row)), 16) % places;
}

function columnType(column: SourceColumn, table: SourceTable, dialect: Dialect): string {
  if (table.landing === "text") return dialect.types.string;
  if (column.physicalType !== null) return dialect.typeName(column.physicalType);
  return column.clean.length > 0 || column.zone !== null ? dialect.types.string : dialect.typeName(column.type);
}

/** A column that the loader adds, and its value for the n-th row of a day. */
interface LoaderColumn {
  readonly name: string;
  readonly type: string;
  readonly value: (date: string, row: number) => string;
}

function loaderColumns(table: SourceTable, dialect: Dialect): readonly LoaderColumn[] {
  const time = (name: string): LoaderColumn => ({ name, type: dialect.types.timestamp, value: (date) => `${date} 23:00:00` });
  if (table.landing === "text") {
    return [
      time("_extracted_at"),
      { name: "_source", type: dialect.types.string, value: (date) => `sample/${date}/${table.table}.csv` },
      { name: "_source_row", type: dialect.types.bigint, value: (_, row) => String(row) },
    ];
  }
  const { loadedAt } = table;
  return loadedAt === null || table.columns.some((one) => rawName(one) === loadedAt) ? [] : [time(loadedAt)];
}
