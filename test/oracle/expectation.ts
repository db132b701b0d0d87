import { createHash } from "node:crypto";
import { nobodysPeriods } from "./fact-rows.ts";
import type { FactRow } from "./fact-rows.ts";
import { BEGINNING } from "./interpreter/types.ts";
import type { Dimension, Instant, Key, Value, Version } from "./interpreter/types.ts";
import { simulated } from "./simulation.ts";
import type { Played, Pointer, Simulated } from "./simulation.ts";
import { COMBINATIONS, DIMENSIONS, FACTS } from "./tested.ts";
import type { Combinations, TestedFact, TestedKey } from "./tested.ts";

/** Rows as text by table; those of combinations belong to all streams together. */
export interface Expected {
  readonly own: ReadonlyMap<string, readonly string[]>;
  readonly combinations: ReadonlyMap<string, readonly string[]>;
}

/** What these tables must hold of one stream after the last of its runs. */
export function expected(stream: Simulated, only: (table: string) => boolean): Expected {
  const { versions, rows } = stream;
  const combined = (one: Combinations) => (one.history === null ? rows("fct_sales").map((sale) => sale.flags) : versions(one.history.name).map((version) => one.columns.map((column) => version.values[column] ?? null)));
  return {
    own: new Map([
      ...DIMENSIONS.filter((one) => only(one.name)).map(({ name, dimension }) => [name, versions(name).map((one) => told(one, surrogateOf(one, versions(name), dimension))).sort()] as const),
      ...FACTS.filter((one) => only(one.name)).map((fact) => [fact.name, rows(fact.name).map((row) => toldRow(row, stream, fact)).sort()] as const),
    ]),
    combinations: new Map(COMBINATIONS.filter((one) => only(one.name)).map((one) => [one.name, [...new Set(combined(one).map((values) => toldCombination(values)))].sort()])),
  };
}

/** What these periodic snapshots must hold about nobody, by table. */
export function expectedOfNobody(all: readonly Played[], only: (table: string) => boolean): ReadonlyMap<string, readonly string[]> {
  const nobody = simulated({ stream: NO_STREAM, number: 0, runs: [] });
  return new Map(FACTS.filter((one) => one.rows === "periods" && only(one.name)).map((fact) => [fact.name, nobodysPeriods(fact, all).map((row) => toldRow(row, nobody, fact)).sort()]));
}

const NO_STREAM: Played["stream"] = { odd: 0, log: [], state: [], extract: [], sales: [], places: [], orders: [], shares: [], events: [], clicks: [] };

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
 * where members are inferred the first one adds the beginning: the key that facts got before must stay (K23). A later one that begins just
 * there adds when the first one was seen.
 */
export function surrogateOf({ key, opened, first }: Version, all: readonly Version[], { type, stub }: Dimension): string {
  if (type === 1) return hashed(key);
  if (stub === undefined) return hashed([...key, opened]);
  if (first) return hashed([...key, BEGINNING]);
  return hashed([...key, opened === BEGINNING ? (all.find((one) => one.first && String(one.key) === String(key))?.opened ?? opened) : opened]);
}

/** A hash of values, each of which may be NULL. */
export function hashed(parts: Key): string {
  return createHash("md5").update(parts.map((part) => (part === null ? "~" : `${[...part].length}:${part}`)).join("")).digest("hex");
}

function toldRow(row: FactRow, stream: Simulated, fact: TestedFact): string {
  return JSON.stringify([...row.told.map((one) => (one === null ? null : String(one))), ...fact.keys.map((one) => toldKey(one, row, stream, fact))]);
}

function toldKey(one: TestedKey, row: FactRow, stream: Simulated, fact: TestedFact): string {
  if ("combinations" in one && one.combinations.history === null) return JSON.stringify(row.flags);
  const tested = "combinations" in one ? one.combinations.history : one.dimension;
  if (tested === null) throw new Error(`${fact.name} has a key to nothing`);
  const found: Pointer = stream.points(row, fact, tested, one.lookup);
  if (typeof found === "string" || !("combinations" in one)) return toldPointer(found);
  return JSON.stringify(one.combinations.columns.map((column): Value => found.values[column] ?? null));
}
