import { BATCHES } from "./streams.ts";
import type { Entry, Stream } from "./streams.ts";
import type { Change, CurrentRow, ExtractRow, Instant, Key, Value, Values } from "./interpreter/types.ts";

/** A sale as its source holds it. Rows loaded later correct earlier ones of the same number. */
export interface Sale {
  readonly sale: number;
  readonly at: Instant | null;
  readonly on: string | null;
  readonly member: number | null;
  readonly amount: string;
}

/** Rows name their member by its number in the stream; each table has its own key for it. */
export interface Whose {
  readonly member: number;
}

/** What one load brings to the sources of one stream. Tables of current rows are replaced, the others grow. */
export interface Load {
  readonly log: readonly (Omit<Change, "key"> & Whose)[];
  readonly state: readonly (Omit<CurrentRow, "key"> & Whose)[];
  readonly extract: readonly (Omit<ExtractRow, "key"> & Whose & { readonly date: string })[];
  readonly sales: readonly Sale[];
}

/** Texts that break naive keys, comparisons and templates. */
const ODD_TEXTS = ["null", "~", "1:a", "a|b", "O'Hara", "{{ x }}", "{% if %}", "a ", "A", "é", "e\u0301", "𝄞 \\ \"", "line\nbreak\ttab", "-1"] as const;

/** Members of a stream by number: 3 has NULL in its key. Joined by `|` 0 and 1 would have one key of two parts, joined by nothing 0 and 2. */
const MEMBERS = [0, 1, 2, 0, 1, 2, 0, 1, 5, 3] as const;

/** The day that a load stands for, counted from the first; a day in it, days late, early, and long before there were warehouses. */
const DAYS = [0, 0, 0, 0, 0, 0, -1, -2, 3, -30, -400, "1885-06-01"] as const;
const SLOTS = ["12:00:00.000000", "00:00:00.000000", "12:00:00.000001", "00:30:00.000000", "01:30:00.000000", "22:00:00.000000", "23:00:00.000000", "23:59:59.999999"] as const;

/** Days of the extracts that each load brings: late ones, missing ones, several at once, none. The clock changes in Oslo on the sixth day. */
const EXTRACTS: readonly (readonly number[])[] = [[0], [1], [2], [4], [3], [5], [6], [], [9, 8], [10]];

/** The instant that a run stands for. */
export function runInstant(load: number): Instant {
  return `${dayAfter(load)} ${load % 2 === 0 ? SLOTS[0] : SLOTS[3]}`;
}

/** All days of extracts that had come with a load or before it. */
export function extractDates(load: number): readonly string[] {
  return EXTRACTS.slice(0, load + 1).flat().map(dayAfter);
}

/** The days of the extracts that a load brings. */
export function datesOfLoad(load: number): readonly string[] {
  return (EXTRACTS[load] ?? []).map(dayAfter);
}

/** Midnight in Oslo as an instant. Summer time ended on 26 October 2025 and on 25 October 2026; spring does not occur. */
export function startOfDay(date: string): Instant {
  const summer = (date > "2025-03-30" && date <= "2025-10-26") || (date > "2026-03-29" && date <= "2026-10-25");
  return `${shifted(date, -1)} ${summer ? "22" : "23"}:00:00.000000`;
}

/** The number of a member in the table whose key is one number; NULL names nobody. */
export function memberNumber(stream: number, member: number): number | null {
  return member === 3 ? null : stream * 8 + member;
}

/** The key of a member in the table whose key has two parts. */
export function memberParts(stream: number, member: number): Key {
  return [[`${stream}:a|b`, "c"], [`${stream}:a`, "b|c"], [`${stream}:a|`, "bc"], [`${stream}:a`, null], [`${stream}:`, "nobody"], [`${stream}:a`, ""]][member] ?? [null, null];
}

/** The stream that a row belongs to, from either key; NULL for reserved members and whatever else belongs to none. */
export function streamOf(key: Key): number | null {
  const [first] = key;
  if (first === null || first === undefined) return null;
  return key.length === 1 ? Math.floor(Number(first) / 8) : Number(first.split(":")[0]);
}

/** What a stream brings, load by load. */
export function loadsOf(stream: Stream): readonly Load[] {
  const known = remembered.get(stream) ?? madeOf(stream);
  remembered.set(stream, known);
  return known;
}

const remembered = new WeakMap<Stream, readonly Load[]>();

function madeOf(stream: Stream): readonly Load[] {
  return Array.from({ length: BATCHES }, (_, load) => ({
    log: (stream.log[load] ?? []).flatMap((one) => {
      const change = { member: memberOf(one), at: instant(load, one.day, one.slot), sequence: one.sequence, deletes: one.operation >= 8, values: valuesOf(one, stream) };
      return one.again ? [change, change] : [change];
    }),
    state: (stream.state[load] ?? []).map((one) => ({ member: memberOf(one), touched: instant(load, 0, one.touched), values: valuesOf(one, stream) })),
    extract: datesOfLoad(load).length === 0 ? [] : (stream.extract[load] ?? []).flatMap((one) => {
      const dates = datesOfLoad(load);
      const date = dates[one.extract % dates.length] ?? "";
      const row = { member: memberOf(one), date, at: startOfDay(date), values: valuesOf(one, stream) };
      return one.again ? [row, row] : [row];
    }),
    sales: (stream.sales[load] ?? []).map((one) => ({
      sale: one.sale,
      at: one.day === 11 && one.slot === 7 ? null : instant(load, one.day, one.slot),
      on: one.date === 7 ? null : dayAfter(load - one.date),
      member: [0, 1, 2, 0, 1, 2, 0, 1, 5, 3, 4, null][one.member] ?? null,
      amount: ["1.00", "0.00", "-5.10", "99999999.99"][one.amount] ?? "0.00",
    })),
  }));
}

function memberOf(one: Entry): number {
  return MEMBERS[one.member] ?? 0;
}

function valuesOf(one: Entry, stream: Stream): Values {
  const texts: readonly Value[] = ["Oslo", null, "", ODD_TEXTS[stream.odd] ?? ""];
  const prices: readonly Value[] = ["1.00", null, "1.10", "-0.01"];
  return { label: texts[one.label] ?? null, city: texts[one.city] ?? null, price: prices[one.price] ?? null, note: texts[one.note] ?? null };
}

function instant(load: number, day: number, slot: number): Instant {
  const offset = DAYS[day] ?? 0;
  return `${typeof offset === "string" ? offset : dayAfter(load + offset)} ${SLOTS[slot]}`;
}

function dayAfter(days: number): string {
  return shifted("2026-10-19", days);
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
