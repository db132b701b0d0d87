import { createHash } from "node:crypto";
import { pointed } from "./interpreter/facts.ts";
import type { Lookup, Pointer } from "./interpreter/facts.ts";
import { timelinesOfExtracts, timelinesOfLog, timelinesOfRuns } from "./interpreter/timeline.ts";
import type { Attribute, Dimension, Instant, Key, Timeline, Version } from "./interpreter/types.ts";
import { stubsOf, versionsOf } from "./interpreter/versions.ts";
import { extractDates, loadsOf, memberNumber, memberParts, runInstant, startOfDay } from "./sources.ts";
import type { Sale } from "./sources.ts";
import type { Stream } from "./streams.ts";

/** A dimension under test: what the YAML beside says of it, and the columns of its key. */
export interface Tested {
  readonly name: string;
  readonly kind: "log" | "state" | "extract";
  readonly key: readonly string[];
  readonly dimension: Dimension;
}

/** A fact under test: per foreign key the dimension and how its version is looked up. */
export interface TestedFact {
  readonly name: string;
  readonly time: "at" | "on";
  readonly keys: readonly { readonly dimension: Tested; readonly lookup: Lookup }[];
}

const MEMBER = ["member_id"] as const;
const PARTS = ["part_a", "part_b"] as const;

const label: Attribute = { name: "label", source: "label", scd: 1 };
const firstCity: Attribute = { name: "first_city", source: "city", scd: 0 };
const price: Attribute = { name: "price", source: "price", scd: 3, beside: "price_before" };

/** All dimensions of the tested warehouse. */
export const DIMENSIONS: readonly Tested[] = (["log", "state", "extract"] as const).flatMap((kind) => [
  { kind, name: `dim_${kind}_plain`, key: MEMBER, dimension: { type: 1, attributes: attributes(1), deletes: "close", firstVersionFrom: "beginning" } },
  { kind, name: `dim_${kind}_closed`, key: MEMBER, dimension: { type: 2, attributes: attributes(2), deletes: "close", firstVersionFrom: "beginning" } },
  { kind, name: `dim_${kind}_pair`, key: PARTS, dimension: { type: 2, attributes: attributes(2), deletes: "close", firstVersionFrom: "beginning" } },
  { kind, name: `dim_${kind}_seen`, key: PARTS, dimension: { type: 2, attributes: attributes(2), deletes: "close", firstVersionFrom: "first_seen" } },
  { kind, name: `dim_${kind}_ignored`, key: MEMBER, dimension: { type: 2, attributes: attributes(2), deletes: "ignore", firstVersionFrom: "beginning" } },
  { kind, name: `dim_${kind}_buried`, key: PARTS, dimension: { type: 2, attributes: attributes(2), deletes: "tombstone", firstVersionFrom: "beginning" } },
  { kind, name: `dim_${kind}_mixed`, key: PARTS, dimension: { type: 2, attributes: [label, firstCity, { name: "city", source: "city", scd: 6, beside: "city_today" }, price], deletes: "close", firstVersionFrom: "first_seen" } },
  { kind, name: `dim_${kind}_card`, key: MEMBER, dimension: { type: 1, attributes: [label, firstCity, { name: "city", source: "city", scd: 1 }, price], deletes: "tombstone", firstVersionFrom: "beginning" } },
  { kind, name: `dim_${kind}_inferred`, key: MEMBER, dimension: { type: 2, attributes: attributes(2), deletes: "close", firstVersionFrom: "beginning", stub: { label: "Unknown", city: "Unknown", price: null } } },
  { kind, name: `dim_${kind}_kept`, key: PARTS, dimension: { type: 1, attributes: attributes(1), deletes: "ignore", firstVersionFrom: "beginning" } },
] satisfies Tested[]);

/** All facts of the tested warehouse. */
export const FACTS: readonly TestedFact[] = [
  { name: "fct_sales", time: "at", keys: DIMENSIONS.map((dimension) => ({ dimension, lookup: { early: "unknown", moment: dimension.dimension.type === 1 ? "any" : "instant" } })) },
  ...(["end_of_day", "start_of_day"] as const).map((moment): TestedFact => ({
    name: moment === "end_of_day" ? "fct_sales_ends" : "fct_sales_starts",
    time: "on",
    keys: DIMENSIONS.filter((one) => /_(closed|seen)$/.test(one.name)).map((dimension) => ({ dimension, lookup: { early: dimension.name.endsWith("_seen") ? "first_version" : "unknown", moment } })),
  })),
];

/** What every table must hold of one stream after the last of these loads, each of which a run of dbt followed: rows as text, by table. */
export function expected(stream: Stream, number: number, runs: readonly number[]): ReadonlyMap<string, readonly string[]> {
  const sales = salesSoFar(stream, runs.at(-1) ?? 0);
  const versions = new Map(DIMENSIONS.map((one) => {
    const known = versionsOf(timelines(stream, number, runs, one), one.dimension);
    const named = sales.flatMap((sale) => (sale.member === null ? [] : [keyOf(one, number, sale.member)]));
    return [one.name, [...known, ...stubsOf(known, named, one.dimension)]];
  }));
  return new Map([
    ...DIMENSIONS.map(({ name, dimension }) => [name, (versions.get(name) ?? []).map((one) => told(one, surrogateOf(one, dimension))).sort()] as const),
    ...FACTS.map((fact) => [fact.name, sales.map((sale) => toldSale(sale, number, fact, versions)).sort()] as const),
  ]);
}

/** Names of the columns that show the attributes of a dimension, in its order. */
export function columnsOf({ attributes }: Dimension): readonly string[] {
  return attributes.flatMap(({ name, beside }) => (beside === undefined ? [name] : [name, beside]));
}

/** A version as text: its key, attributes, span and flags, and its surrogate key. */
export function told({ key, values, from, to, current, deleted, inferred }: Omit<Version, "opened">, surrogate: string): string {
  return JSON.stringify([...key, "|", values, from, to, current, deleted, inferred, surrogate]);
}

/**
 * The recipe of keys, written again: each part as its length, a colon and its text, hashed. A version adds when it was first seen, but
 * where members are inferred since when it holds: the key that facts got before must stay (K23).
 */
function surrogateOf({ key, opened, from }: Version, { type, stub }: Dimension): string {
  const parts = [...key, ...(type === 1 ? [] : [stub === undefined ? opened : from])].map((part) => (part === null ? "~" : `${[...part].length}:${part}`));
  return createHash("md5").update(parts.join("")).digest("hex");
}

/** What a fact row points to, as text. */
export function toldPointer(pointer: { readonly key: Key; readonly from: Instant } | "-1" | "-2" | "dangling"): string {
  return typeof pointer === "string" ? pointer : JSON.stringify([...pointer.key, pointer.from]);
}

function timelines(stream: Stream, number: number, runs: readonly number[], tested: Tested): readonly Timeline[] {
  const load = runs.at(-1) ?? 0;
  const loads = loadsOf(stream).slice(0, load + 1);
  const keyed = <Row extends { readonly member: number }>(row: Row) => ({ ...row, key: keyOf(tested, number, row.member) });
  switch (tested.kind) {
    case "log":
      return timelinesOfLog(loads.flatMap((one) => one.log.map(keyed)), tested.dimension.deletes);
    case "state":
      return timelinesOfRuns(runs.map((run) => ({ at: runInstant(run), rows: (loads[run]?.state ?? []).map(keyed) })));
    case "extract":
      return timelinesOfExtracts(loads.flatMap((one) => one.extract.map(keyed)), extractDates(load).map(startOfDay));
    default:
      throw new Error(`unknown kind ${String(tested.kind satisfies never)}`);
  }
}

function keyOf(tested: Tested, number: number, member: number): Key {
  if (tested.key.length === 2) return memberParts(number, member);
  const id = memberNumber(number, member);
  return [id === null ? null : String(id)];
}

/** The rows loaded last of each sale. */
function salesSoFar(stream: Stream, load: number): readonly Sale[] {
  const rows = loadsOf(stream).slice(0, load + 1).flatMap((one) => one.sales);
  return [...new Map(rows.map((row) => [row.sale, row])).values()];
}

function toldSale(sale: Sale, number: number, fact: TestedFact, versions: ReadonlyMap<string, readonly Version[]>): string {
  const pointers = fact.keys.map(({ dimension, lookup }) => {
    const key = sale.member === null ? dimension.key.map(() => null) : keyOf(dimension, number, sale.member);
    return toldPointer(reserved(pointed(versions.get(dimension.name) ?? [], key, momentOf(sale, fact, lookup), lookup)));
  });
  return JSON.stringify([number * 8 + sale.sale, sale.amount, dateKey(fact.time === "on" ? sale.on : dayOf(sale.at)), ...pointers]);
}

function reserved(pointer: Pointer): Version | "-1" | "-2" {
  return pointer === "unknown" ? "-1" : pointer === "not applicable" ? "-2" : pointer;
}

function momentOf(sale: Sale, fact: TestedFact, lookup: Lookup): Instant | null {
  if (fact.time === "at") return sale.at;
  if (sale.on === null) return null;
  return startOfDay(lookup.moment === "end_of_day" ? dayAfter(sale.on) : sale.on);
}

/** The day in Oslo that an instant falls into. */
function dayOf(at: Instant | null): string | null {
  if (at === null) return null;
  const day = at.slice(0, 10);
  return startOfDay(dayAfter(day)) <= at ? dayAfter(day) : day;
}

function dateKey(date: string | null): number {
  if (date === null) return -2;
  return date.startsWith("2026-") ? Number(date.replaceAll("-", "")) : -1;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function attributes(type: 1 | 2): readonly Attribute[] {
  return [label, ...["city", "price"].map((name) => ({ name, source: name, scd: type }))];
}
