import { createHash } from "node:crypto";
import { factRows, nobodysPeriods } from "./fact-rows.ts";
import type { FactRow } from "./fact-rows.ts";
import { pointed } from "./interpreter/facts.ts";
import type { Lookup, Pointer } from "./interpreter/facts.ts";
import { joinedTimeline, joinedToday } from "./interpreter/joined.ts";
import { currentRows, timelinesOfExtracts, timelinesOfLog, timelinesOfRuns } from "./interpreter/timeline.ts";
import { BEGINNING } from "./interpreter/types.ts";
import type { Dimension, Instant, Key, Timeline, Value, Version } from "./interpreter/types.ts";
import { stubsOf, versionsOf } from "./interpreter/versions.ts";
import { extractDates, loadsOf, memberNumber, memberParts, runInstant, shifted, startOfDay } from "./sources.ts";
import type { Stream } from "./streams.ts";
import { COMBINATIONS, DIMENSIONS, FACTS } from "./tested.ts";
import type { Combinations, Kind, Tested, TestedFact, TestedKey } from "./tested.ts";

/** A stream, the number in its keys, and the loads that a run followed. */
export interface Played {
  readonly stream: Stream;
  readonly number: number;
  readonly runs: readonly number[];
}

/** Rows as text by table; those of combinations belong to all streams together. */
export interface Expected {
  readonly own: ReadonlyMap<string, readonly string[]>;
  readonly combinations: ReadonlyMap<string, readonly string[]>;
}

/** What every table must hold of one stream after the last of these loads, each of which a run of dbt followed. */
export function expected(played: Played): Expected {
  const rows = new Map(FACTS.map((fact) => [fact.name, factRows(fact, played)]));
  const sales = rows.get("fct_sales") ?? [];
  const versions = new Map(DIMENSIONS.map((one) => {
    const known = versionsOf(timelines(played, one), one.dimension);
    const named = sales.flatMap((sale) => (sale.member === null ? [] : [keyOf(one, played.number, sale.member)]));
    return [one.name, [...known, ...stubsOf(known, named, one.dimension)]];
  }));
  const combined = (one: Combinations) => (one.history === null ? sales.map((sale) => sale.flags) : (versions.get(one.history.name) ?? []).map((version) => one.columns.map((column) => version.values[column] ?? null)));
  return {
    own: new Map([
      ...DIMENSIONS.map(({ name, dimension }) => [name, (versions.get(name) ?? []).map((one) => told(one, surrogateOf(one, dimension))).sort()] as const),
      ...FACTS.map((fact) => [fact.name, (rows.get(fact.name) ?? []).map((row) => toldRow(row, played.number, fact, versions)).sort()] as const),
    ]),
    combinations: new Map(COMBINATIONS.map((one) => [one.name, [...new Set(combined(one).map((values) => toldCombination(values)))].sort()])),
  };
}

/** What periodic snapshots must hold about nobody, by table. */
export function expectedOfNobody(all: readonly Played[]): ReadonlyMap<string, readonly string[]> {
  const none = new Map<string, readonly Version[]>();
  return new Map(FACTS.filter((one) => one.rows === "periods").map((fact) => [fact.name, nobodysPeriods(fact, all).map((row) => toldRow(row, 0, fact, none)).sort()]));
}

/** A version as text: its key, attributes, span and flags, and its surrogate key. */
export function told({ key, values, from, to, current, deleted, inferred }: Omit<Version, "opened" | "first">, surrogate: string): string {
  return JSON.stringify([...key, "|", values, from, to, current, deleted, inferred, surrogate]);
}

/** A combination of values as text, with the key that follows from it. */
export function toldCombination(values: Key, surrogate: string = hashed(values)): string {
  return JSON.stringify([...values, "|", surrogate]);
}

/** What a fact row points to, as text. */
export function toldPointer(pointer: { readonly key: Key; readonly from: Instant } | "-1" | "-2" | "dangling"): string {
  return typeof pointer === "string" ? pointer : JSON.stringify([...pointer.key, pointer.from]);
}

/**
 * The recipe of keys, written again: each part as its length, a colon and its text, hashed. A version adds when it was first seen, but
 * where members are inferred the first one adds the beginning: the key that facts got before must stay (K23).
 */
function surrogateOf({ key, opened, first }: Version, { type, stub }: Dimension): string {
  return hashed([...key, ...(type === 1 ? [] : [stub !== undefined && first ? BEGINNING : opened])]);
}

function hashed(parts: Key): string {
  return createHash("md5").update(parts.map((part) => (part === null ? "~" : `${[...part].length}:${part}`)).join("")).digest("hex");
}

function timelines(played: Played, tested: Tested): readonly Timeline[] {
  const own = ownTimelines(played, tested.kind, tested);
  const { places } = tested;
  if (places === undefined) return own;
  const other: Tested = { ...tested, table: "places", key: ["place_id"], dimension: { ...tested.dimension, deletes: "close" } };
  if (places.holds === "then") {
    const others = ownTimelines(played, places.kind, other);
    // A snapshot looks at rows that are joined already: both are known from the same runs on.
    return own.map((one) => joinedTimeline(one, "place_id", others, ["street"]));
  }
  const rows = loadsOf(played.stream, played.number)[played.runs.at(-1) ?? 0]?.places ?? [];
  const today = new Map(currentRows(rows.map((row) => ({ ...row, key: keyOf(other, played.number, row.member) }))).map((row) => [row.key[0] ?? null, row.values]));
  return own.map((one) => joinedToday(one, "place_id", today, ["street"]));
}

function ownTimelines({ stream, number, runs }: Played, kind: Kind, tested: Tested): readonly Timeline[] {
  const load = runs.at(-1) ?? 0;
  const all = loadsOf(stream, number);
  const loads = all.slice(0, load + 1);
  const keyed = <Row extends { readonly member: number }>(row: Row) => ({ ...row, key: keyOf(tested, number, row.member) });
  const isPlace = tested.table === "places";
  switch (kind) {
    case "log":
      return timelinesOfLog(loads.flatMap((one) => (isPlace ? one.places.map((row) => ({ ...row, ...row.log })) : one.log).map(keyed)), tested.dimension.deletes);
    case "state":
      return timelinesOfRuns(runs.map((run) => ({ at: runInstant(run), rows: ((isPlace ? all[run]?.places : all[run]?.state) ?? []).map(keyed) })));
    case "extract":
      return timelinesOfExtracts(loads.flatMap((one) => (isPlace ? one.places.flatMap((row) => (row.extract === null ? [] : [{ ...row, ...row.extract }])) : one.extract).map(keyed)), extractDates(load).map(startOfDay));
    default:
      throw new Error(`unknown kind ${String(kind satisfies never)}`);
  }
}

function keyOf(tested: Tested, number: number, member: number): Key {
  if (tested.key.length === 2) return memberParts(number, member);
  const id = tested.table === "places" ? number * 8 + member : memberNumber(number, member);
  return [id === null ? null : String(id)];
}

function toldRow(row: FactRow, number: number, fact: TestedFact, versions: ReadonlyMap<string, readonly Version[]>): string {
  return JSON.stringify([...row.told.map((one) => (one === null ? null : String(one))), ...fact.keys.map((one) => toldKey(one, row, number, fact, versions))]);
}

function toldKey(one: TestedKey, row: FactRow, number: number, fact: TestedFact, versions: ReadonlyMap<string, readonly Version[]>): string {
  if ("combinations" in one && one.combinations.history === null) return JSON.stringify(row.flags);
  const tested = "combinations" in one ? one.combinations.history : one.dimension;
  if (tested === null) throw new Error(`${fact.name} has a key to nothing`);
  const key = row.member === null ? tested.key.map(() => null) : keyOf(tested, number, row.member);
  const found = reserved(pointed(versions.get(tested.name) ?? [], key, momentOf(row, fact, one.lookup), one.lookup));
  if (typeof found === "string" || !("combinations" in one)) return toldPointer(found);
  return JSON.stringify(one.combinations.columns.map((column): Value => found.values[column] ?? null));
}

function reserved(pointer: Pointer): Version | "-1" | "-2" {
  return pointer === "unknown" ? "-1" : pointer === "not applicable" ? "-2" : pointer;
}

function momentOf(row: FactRow, fact: TestedFact, lookup: Lookup): Instant | null {
  if (fact.time === "at") return row.at;
  if (row.on === null) return null;
  return startOfDay(lookup.moment === "end_of_day" ? shifted(row.on, 1) : row.on);
}
