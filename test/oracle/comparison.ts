import { DIMENSIONS, FACTS, columnsOf, expected, told, toldPointer } from "./expectation.ts";
import type { Tested, TestedFact } from "./expectation.ts";
import type { Instant, Key } from "./interpreter/types.ts";
import type { Streams } from "./landing.ts";
import { streamOf } from "./sources.ts";
import type { TestedWarehouse } from "./tested-warehouse.ts";
import type { Row } from "../support/warehouse.ts";

/** A table that does not hold of a stream what it must. */
export interface Difference {
  readonly stream: number;
  readonly table: string;
  readonly load: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Compares all tables with the interpreter, in both directions, after runs that followed these loads. */
export async function differences(warehouse: TestedWarehouse, streams: Streams, runs: readonly number[], only: (table: string) => boolean = () => true): Promise<readonly Difference[]> {
  const actual = await warehouse.read((query) => held(query, only));
  const found: Difference[] = [];
  for (const [number, stream] of streams) {
    for (const [table, wanted] of expected(stream, number, runs)) {
      if (!only(table)) continue;
      const rows = actual.get(table)?.get(number) ?? [];
      const difference = { missing: without(wanted, rows), extra: without(rows, wanted) };
      if (difference.missing.length + difference.extra.length > 0) found.push({ stream: number, table, load: runs.at(-1) ?? 0, ...difference });
    }
  }
  return found;
}

function toldDifference(one: Difference): string {
  return [`${one.table} of stream ${one.stream} after load ${one.load}`, ...one.missing.map((row) => `  must hold  ${row}`), ...one.extra.map((row) => `  but holds  ${row}`)].join("\n");
}

/** The plainest difference of each table, for people; empty where there is none. */
export function summary(found: readonly Difference[]): string {
  const tables = [...new Set(found.map((one) => one.table))];
  return tables.map((table) => {
    const own = found.filter((one) => one.table === table).sort((one, other) => size(one) - size(other));
    return `${own.length} streams differ: ${own.slice(0, 1).map(toldDifference).join("")}`;
  }).join("\n");
}

function size(one: Difference): number {
  return one.missing.length + one.extra.length + JSON.stringify(one).length / 10_000;
}

/** Queries of invariants that find something, with the first row that they find. */
export async function violations(warehouse: TestedWarehouse, invariants: readonly { readonly name: string; readonly sql: string }[]): Promise<readonly string[]> {
  return warehouse.read(async (query) => {
    const told: string[] = [];
    for (const { name, sql } of invariants) {
      const [first, ...more] = await query(sql);
      if (first !== undefined) told.push(`${name}: ${JSON.stringify(first)} and ${more.length} more, by ${sql}`);
    }
    return told;
  });
}

/** The rows of streams that tables hold, as text, by table and stream. Facts need all dimensions that they point to. */
async function held(query: Query, only: (table: string) => boolean): Promise<ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>> {
  const found = new Map<string, ReadonlyMap<number, readonly string[]>>();
  const members = new Map<string, { readonly key: Key; readonly from: Instant }>();
  const facts = FACTS.filter((one) => only(one.name));
  const needed = new Set([...DIMENSIONS.filter((one) => only(one.name)), ...facts.flatMap((fact) => fact.keys.map((one) => one.dimension))]);
  for (const one of needed) {
    const rows = await query(dimensionQuery(one));
    for (const row of rows) members.set(`${one.name} ${row["surrogate"]}`, { key: keyOf(row, one), from: fromOf(row, one) });
    found.set(one.name, grouped(rows.map((row) => [streamOf(keyOf(row, one)), toldRow(row, one)])));
  }
  for (const fact of facts) {
    const rows = await query(factQuery(fact));
    found.set(fact.name, grouped(rows.map((row) => [Math.floor(Number(row["sale_id"]) / 8), toldFact(row, fact, members)])));
  }
  return found;
}

type Query = Parameters<Parameters<TestedWarehouse["read"]>[0]>[0];

function dimensionQuery({ name, dimension }: Tested): string {
  const digits = (column: string) => `case when cast(${column} as varchar) like '%.%' then '000000' else '.000000' end`;
  const instant = (column: string) => `substr(cast(${column} as varchar) || ${digits(column)}, 1, 26) as shown_${column}`;
  const spans = dimension.type === 1 ? [] : [instant("valid_from"), instant("valid_to")];
  return `select ${["*", `${name.replace("dim_", "")}_key as surrogate`, ...spans].join(", ")} from marts.${name}`;
}

function factQuery({ name }: TestedFact): string {
  return `select * from marts.${name}`;
}

function toldRow(row: Row, tested: Tested): string {
  const { type, deletes } = tested.dimension;
  return told({
    key: keyOf(row, tested),
    values: Object.fromEntries(columnsOf(tested.dimension).map((name) => [name, row[name] ?? null])),
    from: fromOf(row, tested),
    to: type === 1 ? "9999-12-31 00:00:00.000000" : String(row["shown_valid_to"]),
    current: type === 1 || isTrue(row["is_current"]),
    deleted: deletes === "tombstone" && isTrue(row["is_deleted"]),
    inferred: isTrue(row["is_inferred"]),
  }, row["surrogate"] ?? "none");
}

function toldFact(row: Row, fact: TestedFact, members: ReadonlyMap<string, { readonly key: Key; readonly from: Instant }>): string {
  const pointers = fact.keys.map(({ dimension: { name } }) => {
    const key = row[`${name.replace("dim_", "")}_key`] ?? null;
    if (key === "-1" || key === "-2") return toldPointer(key);
    return toldPointer(members.get(`${name} ${key}`) ?? "dangling");
  });
  return JSON.stringify([Number(row["sale_id"]), row["amount"], Number(row["sold_date_key"]), ...pointers]);
}

function keyOf(row: Row, tested: Tested): Key {
  return tested.key.map((column) => row[column] ?? null);
}

function fromOf(row: Row, tested: Tested): Instant {
  return tested.dimension.type === 1 ? "1900-01-01 00:00:00.000000" : String(row["shown_valid_from"]);
}

function isTrue(value: string | null | undefined): boolean {
  return value === "true" || value === "t";
}

function grouped(rows: readonly (readonly [number | null, string])[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const [number, row] of rows) {
    if (number === null) continue;
    const own = found.get(number);
    if (own === undefined) found.set(number, [row]);
    else own.push(row);
  }
  return found;
}

/** Rows of one list that the other does not hold, counting repeated rows. */
function without(rows: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}
