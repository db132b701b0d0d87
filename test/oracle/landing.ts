import { datesOfLoad, loadsOf, memberNumber, memberParts } from "./sources.ts";
import type { Load } from "./sources.ts";
import type { Stream } from "./streams.ts";
import type { Instant, Key, Value, Values } from "./interpreter/types.ts";

/** Streams by number; the number is part of every key. */
export type Streams = ReadonlyMap<number, Stream>;

const VALUES = "label varchar, city varchar, price decimal(10,2), note varchar";
const KEYS = { members: "member_id integer", pairs: "part_a varchar, part_b varchar" } as const;
const EXTRA = { log: "change_number integer, changed_at timestamptz, op varchar", state: "touched_at timestamptz", extract: "extract_date date" } as const;
const SALES = "row_number integer, sale_id integer, sold_at timestamptz, sold_on date, member_id integer, part_a varchar, part_b varchar, amount decimal(10,2)";

/** Statements that make the empty tables of all sources. */
export function tables(): readonly string[] {
  const sources = Object.entries(EXTRA).flatMap(([kind, extra]) => [
    `create schema raw_${kind}`,
    ...Object.entries(KEYS).map(([table, key]) => `create table raw_${kind}.${table} (${extra}, ${key}, ${VALUES})`),
  ]);
  return [...sources, "create schema raw_till", `create table raw_till.sales (${SALES})`];
}

/** Statements that bring one load of all streams. Every extract holds one row of nobody's stream, so that its day is known. */
export function landing(streams: Streams, load: number): readonly string[] {
  const brought = [...streams].map(([number, stream]) => ({ number, load: loadsOf(stream)[load] ?? { log: [], state: [], extract: [], sales: [] } }));
  const of = (rows: (one: { readonly number: number; readonly load: Load }) => readonly string[]) => brought.flatMap(rows);
  const both = (kind: string, rows: (key: (number: number, member: number) => Key) => readonly string[]) => [
    ...insert(`raw_${kind}.members`, rows((number, member) => [textOf(memberNumber(number, member))])),
    ...insert(`raw_${kind}.pairs`, rows(memberParts)),
  ];
  const pulse: Values = { label: null, city: null, price: null, note: null };
  return [
    ...both("log", (key) => of(({ number, load: { log } }) => log.map((one) => row([String(one.sequence), instant(one.at), text(one.deletes ? "D" : "U"), ...quoted(key(number, one.member)), ...valuesOf(one.values)])))),
    "delete from raw_state.members",
    "delete from raw_state.pairs",
    ...both("state", (key) => of(({ number, load: { state } }) => state.map((one) => row([instant(one.touched), ...quoted(key(number, one.member)), ...valuesOf(one.values)])))),
    ...both("extract", (key) => [
      ...datesOfLoad(load).map((date) => row([text(date), ...quoted(key(-1, 0)), ...valuesOf(pulse)])),
      ...of(({ number, load: { extract } }) => extract.map((one) => row([text(one.date), ...quoted(key(number, one.member)), ...valuesOf(one.values)]))),
    ]),
    ...insert("raw_till.sales", of(({ number, load: { sales } }) => sales.map((one, index) => row([
      String(load * 100 + index), String(number * 8 + one.sale), instant(one.at), text(one.on),
      String((one.member === null ? null : memberNumber(number, one.member)) ?? "null"),
      ...(one.member === null ? ["null", "null"] : quoted(memberParts(number, one.member))), one.amount,
    ])))),
  ];
}

/** One statement per thousand rows: no engine likes very long ones. */
function insert(table: string, rows: readonly string[]): readonly string[] {
  const parts = Array.from({ length: Math.ceil(rows.length / 1000) }, (_, part) => rows.slice(part * 1000, part * 1000 + 1000));
  return parts.map((part) => `insert into ${table} values\n${part.join(",\n")}`);
}

function row(literals: readonly string[]): string {
  return `(${literals.join(", ")})`;
}

function valuesOf(values: Values): readonly string[] {
  return [text(values["label"] ?? null), text(values["city"] ?? null), values["price"] ?? "null", text(values["note"] ?? null)];
}

function quoted(key: Key): readonly string[] {
  return key.map(text);
}

function text(value: Value): string {
  return value === null ? "null" : `'${value.replaceAll("'", "''")}'`;
}

function instant(at: Instant | null): string {
  return at === null ? "null" : `'${at}+00:00'`;
}

function textOf(number: number | null): Value {
  return number === null ? null : String(number);
}
