import type { Row } from "../support/warehouse.ts";
import { DERIVED } from "./derived/all.ts";
import { shownInstant } from "./derived/derived.ts";
import { told, toldCombination, toldPointer } from "./expectation.ts";
import type { Instant, Key } from "./interpreter/types.ts";
import { streamOf } from "./keys.ts";
import { NOBODY } from "./streams.ts";
import { COMBINATIONS, DIMENSIONS, FACTS, columnsOf, keyOfTable } from "./tested.ts";
import type { Combinations, Tested, TestedFact, TestedKey } from "./tested.ts";

/** Asks a warehouse. */
export type Query = (sql: string) => Promise<readonly Row[]>;

/** Rows as text, by table and by stream. */
export type Held = ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>;

/** The rows of streams that tables hold. Facts need all that they point to. */
export async function held(query: Query, only: (table: string) => boolean): Promise<Held> {
  const found = new Map<string, ReadonlyMap<number, readonly string[]>>();
  const pointed = new Map<string, string>();
  const facts = FACTS.filter((one) => only(one.name));
  const needed = new Set([...[...DIMENSIONS, ...COMBINATIONS].filter((one) => only(one.name)).map((one) => one.name), ...facts.flatMap((fact) => fact.keys.map((one) => targetOf(one).name))]);
  for (const one of DIMENSIONS.filter(({ name }) => needed.has(name))) {
    const rows = await query(dimensionQuery(one));
    for (const row of rows) pointed.set(`${one.name} ${row["surrogate"]}`, toldPointer({ key: keyOf(row, one), from: fromOf(row, one) }));
    found.set(one.name, grouped(rows.map((row) => [streamOf(keyOf(row, one)), toldMember(row, one)])));
  }
  for (const one of COMBINATIONS.filter(({ name }) => needed.has(name))) {
    const rows = await query(`select ${keyOfTable(one.name)} as surrogate, ${asText(one.columns)} from marts.${one.name} where ${keyOfTable(one.name)} not in ('-1', '-2')`);
    for (const row of rows) pointed.set(`${one.name} ${row["surrogate"]}`, JSON.stringify(valuesOf(row, one.columns)));
    found.set(one.name, new Map([[NOBODY, rows.map((row) => toldCombination(valuesOf(row, one.columns), row["surrogate"] ?? "none"))]]));
  }
  for (const fact of facts) {
    const rows = await query(`select ${[asText(fact.columns), ...fact.keys.map((one) => keyOfTable(targetOf(one).name))].join(", ")} from marts.${fact.name}`);
    found.set(fact.name, grouped(rows.map((row) => [streamOfRow(row, fact), toldFact(row, fact, pointed)])));
  }
  for (const { name, stream, cells, from } of DERIVED.filter((one) => only(one.name))) {
    const rows = await query(`select ${[`${stream} as stream`, ...cells.map((one, index) => `${one} as cell_${index}`)].join(", ")} from ${from ?? `marts.${name}`}`);
    found.set(name, grouped(rows.map(({ stream: number = null, ...row }) => [number === null ? NOBODY : Number(number), JSON.stringify(Object.values(row))])));
  }
  return found;
}

function targetOf(key: TestedKey): Tested | Combinations {
  return "combinations" in key ? key.combinations : key.dimension;
}

function asText(columns: readonly string[]): string {
  return columns.map((one) => `cast(${one} as varchar) as ${one}`).join(", ");
}

function valuesOf(row: Row, columns: readonly string[]): Key {
  return columns.map((one) => row[one] ?? null);
}

function dimensionQuery({ name, dimension, beside }: Tested): string {
  const instant = (column: string) => `${shownInstant(column)} as shown_${column}`;
  const spans = dimension.type === 1 ? [] : [instant("valid_from"), instant("valid_to")];
  const key = keyOfTable(name);
  // A history names its member by the key of the small table, which no version may lose.
  const own = beside === undefined ? [] : [`case when ${beside.key} is null then 'lost' else ${key} end as surrogate`];
  return `select ${["*", ...(beside === undefined ? [`${key} as surrogate`] : own), ...spans].join(", ")} from marts.${name}`;
}

function toldMember(row: Row, tested: Tested): string {
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

function toldFact(row: Row, fact: TestedFact, pointed: ReadonlyMap<string, string>): string {
  const pointers = fact.keys.map((one) => {
    const { name } = targetOf(one);
    const key = row[keyOfTable(name)] ?? null;
    return key === "-1" || key === "-2" ? toldPointer(key) : (pointed.get(`${name} ${key}`) ?? "dangling");
  });
  return JSON.stringify([...valuesOf(row, fact.columns), ...pointers]);
}

/** The stream by the number in eights, or eight hundreds, that the row has; rows about nobody have none. */
function streamOfRow(row: Row, fact: TestedFact): number | null {
  const id = row[fact.id] ?? null;
  if (id === null) return NOBODY;
  return Math.floor(Number(id) / (fact.rows === "visits" ? 800 : 8));
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
