import { DERIVED } from "./derived/all.ts";
import { expected, expectedOfNobody, toldCombination } from "./expectation.ts";
import { held } from "./held.ts";
import type { Streams } from "./landing.ts";
import { simulated } from "./simulation.ts";
import { NOBODY } from "./streams.ts";
import { COMBINATIONS } from "./tested.ts";
import type { TestedWarehouse } from "./tested-warehouse.ts";

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
  const all = [...streams].map(([number, stream]) => simulated({ stream, number, runs }));
  const found: Difference[] = [];
  const compare = (stream: number, table: string, wanted: readonly string[]) => {
    const rows = actual.get(table)?.get(stream) ?? [];
    const difference = { missing: without(wanted, rows), extra: without(rows, wanted) };
    if (difference.missing.length + difference.extra.length > 0) found.push({ stream, table, load: runs.at(-1) ?? 0, ...difference });
  };
  // The row of nobody's stream has no values.
  const combinations = new Map(COMBINATIONS.filter((one) => only(one.name)).map((one) => [one.name, new Set<string>(/extract|till/.test(one.name) ? [toldCombination([null, null])] : [])]));
  for (const one of all) {
    const { own, combinations: more } = expected(one, only);
    for (const [table, wanted] of own) compare(one.played.number, table, wanted);
    for (const [table, rows] of more) for (const row of rows) combinations.get(table)?.add(row);
  }
  for (const [table, rows] of combinations) compare(NOBODY, table, [...rows]);
  for (const [table, rows] of expectedOfNobody(all.map((one) => one.played), only)) compare(NOBODY, table, rows);
  for (const { name, rows } of DERIVED.filter((one) => only(one.name))) {
    const wanted = new Map<number, string[]>([...all.map((one) => one.played.number), NOBODY].map((number) => [number, []]));
    for (const [number, cells] of rows(all)) wanted.get(number)?.push(JSON.stringify(cells));
    for (const [number, own] of wanted) compare(number, name, own);
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
