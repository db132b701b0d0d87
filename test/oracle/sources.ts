import { BATCHES } from "./streams.ts";
import type { ClickEntry, Entry, EventEntry, OrderEntry, PlaceEntry, SaleEntry, ShareEntry, Stream, Told } from "./streams.ts";
import { NO_PLACE, memberNumber, placeNumber, siteParts } from "./keys.ts";
import type { Event } from "./interpreter/events.ts";
import { BEGINNING } from "./interpreter/types.ts";
import type { Change, CurrentRow, ExtractRow, Instant, Value, Values } from "./interpreter/types.ts";

/** A sale as its source holds it. Rows loaded later correct earlier ones of the same number. */
export interface Sale {
  readonly sale: number;
  readonly at: Instant | null;
  readonly on: string | null;
  readonly booked: string;
  readonly member: number | null;
  readonly amount: string;
  readonly channel: Value;
  readonly gift: Value;
  readonly place: number | null;
  /** When its row was loaded. */
  readonly loaded: Instant | null;
}

/** Rows name what they tell of by its number in the stream; each table has its own key for it. */
export interface Whose {
  readonly member: number;
}

/** A row as sources of each kind of history would tell it: one tells its place in a log, in extracts, and among current rows. */
export interface ToldRow extends Whose {
  readonly log: Pick<Change, "at" | "sequence" | "deletes">;
  readonly extract: { readonly date: string; readonly at: Instant } | null;
  readonly touched: Instant;
  readonly values: Values;
}

/** What one load brings to the sources of one stream. Tables of current rows are replaced, the others grow. */
export interface Load {
  readonly log: readonly (Omit<Change, "key"> & Whose)[];
  readonly state: readonly (Omit<CurrentRow, "key"> & Whose)[];
  readonly extract: readonly (Omit<ExtractRow, "key"> & Whose & { readonly date: string })[];
  readonly sales: readonly Sale[];
  readonly places: readonly ToldRow[];
  /** The same places under a key of two parts. */
  readonly sites: readonly ToldRow[];
  readonly orders: readonly ToldRow[];
  readonly shares: readonly ToldRow[];
  readonly events: readonly Event[];
  readonly clicks: readonly (Omit<CurrentRow, "key"> & Whose)[];
}

/** Texts that break naive keys, comparisons and templates. */
const ODD_TEXTS = ["null", "~", "1:a", "a|b", "O'Hara", "{{ x }}", "{% if %}", "a ", "A", "é", "e\u0301", "𝄞 \\ \"", "line\nbreak\ttab", "-1"] as const;

/** Members of a stream by number: 3 has NULL in its key. Joined by `|` 0 and 1 would have one key of two parts, joined by nothing 0 and 2. */
const MEMBERS = [0, 1, 2, 0, 1, 2, 0, 1, 5, 3] as const;
const NAMED = [0, 1, 2, 0, 1, 2, 0, 1, 5, 3, 4, null] as const;

/** The day that a load stands for, counted from the first; a day in it, days late, early, and long before there were warehouses. */
const DAYS = [0, 0, 0, 0, 0, 0, -1, -2, 3, -30, -400, "1885-06-01"] as const;
const SLOTS = ["12:00:00.000000", "00:00:00.000000", "12:00:00.000001", "00:30:00.000000", "01:30:00.000000", "22:00:00.000000", "23:00:00.000000", "23:59:59.999999"] as const;

/** When orders are placed and sales booked: not too long ago, since a row for each day since then is asked for. */
const RECENT = [0, 0, 0, -1, -2, 4, -9, -25] as const;

/** Who has shares: somebody with a NULL in the key, and somebody who is in no source, among them. */
const HOLDERS = [0, 1, 2, 5, 4, 3, 0, 1] as const;
const EVENTS: readonly Value[] = ["ordered", "parcel packed", "shipped", "ordered", "lost", null];

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

/** The day of the latest order and sale that there is at a load: nobody's stream has one each day, so that it is known. */
export function latestDay(load: number): string {
  return dayAfter(load + 5);
}

/** When the row of nobody's stream is loaded that is the newest of all clicks after a load. */
export function latestLoad(load: number): Instant {
  return `${latestDay(load)} 23:59:59.999999`;
}

/** Midnight in Oslo as an instant. Summer time ended on 26 October 2025 and on 25 October 2026; spring does not occur. */
export function startOfDay(date: string): Instant {
  const summer = (date > "2025-03-30" && date <= "2025-10-26") || (date > "2026-03-29" && date <= "2026-10-25");
  return `${shifted(date, -1)} ${summer ? "22" : "23"}:00:00.000000`;
}

/** The day in Oslo that an instant falls into. */
export function dayOf(at: Instant): string {
  const day = at.slice(0, 10);
  return startOfDay(shifted(day, 1)) <= at ? shifted(day, 1) : day;
}

/** What a stream of this number brings, load by load. */
export function loadsOf(stream: Stream, number: number): readonly Load[] {
  const known = remembered.get(stream) ?? new Map<number, readonly Load[]>();
  remembered.set(stream, known);
  const made = known.get(number) ?? Array.from({ length: BATCHES }, (_, load) => loadOf(stream, number, load));
  known.set(number, made);
  return made;
}

const remembered = new WeakMap<Stream, Map<number, readonly Load[]>>();

function loadOf(stream: Stream, number: number, load: number): Load {
  const dates = datesOfLoad(load);
  return {
    log: (stream.log[load] ?? []).flatMap((one) => {
      const change = { member: memberOf(one), at: instant(load, one.day, one.slot), sequence: one.sequence, deletes: one.operation >= 8, values: valuesOf(one, stream, number) };
      return one.again ? [change, change] : [change];
    }),
    state: (stream.state[load] ?? []).map((one) => ({ member: memberOf(one), touched: instant(load, 0, one.touched), values: valuesOf(one, stream, number) })),
    extract: dates.length === 0 ? [] : (stream.extract[load] ?? []).flatMap((one) => {
      const date = dates[one.extract % dates.length] ?? "";
      const row = { member: memberOf(one), date, at: startOfDay(date), values: valuesOf(one, stream, number) };
      return one.again ? [row, row] : [row];
    }),
    sales: (stream.sales[load] ?? []).map((one) => saleOf(one, stream, load)),
    places: (stream.places[load] ?? []).map((one) => placeOf(one, stream, load, { above_id: textOf(placeNumber(number, aboveOf(one))) })),
    sites: (stream.places[load] ?? []).map((one) => placeOf(one, stream, load, { above_a: siteParts(number, aboveOf(one))[0], above_b: siteParts(number, aboveOf(one))[1] })),
    orders: (stream.orders[load] ?? []).map((one) => orderOf(one, number, load)),
    shares: (stream.shares[load] ?? []).map((one) => shareOf(one, load)),
    events: (stream.events[load] ?? []).flatMap((one, index) => {
      const event = eventOf(one, number, load, index);
      return one.again ? [event, event] : [event];
    }),
    clicks: (stream.clicks[load] ?? []).map((one) => clickOf(one, number, load)),
  };
}

function saleOf(one: SaleEntry, stream: Stream, load: number): Sale {
  return {
    sale: one.sale,
    at: one.day === 11 && one.slot === 7 ? null : instant(load, one.day, one.slot),
    on: one.date === 7 ? null : dayAfter(load - one.date),
    booked: dayAfter(load + (RECENT[one.date] ?? 0)),
    member: NAMED[one.member] ?? null,
    amount: ["1.00", "0.00", "-5.10", "99999999.99"][one.amount] ?? "0.00",
    channel: ["web", null, ODD_TEXTS[stream.odd] ?? ""][one.flags % 3] ?? null,
    place: one.place === NO_PLACE ? null : one.place,
    gift: ["true", "false", null][one.member % 3] ?? null,
    loaded: one.member === 11 ? null : `${shifted(latestDay(load), -one.date)} ${SLOTS[one.slot]}`,
  };
}

function placeOf(one: PlaceEntry, stream: Stream, load: number, above: Values): ToldRow {
  const streets: readonly Value[] = ["Main St", null, "", ODD_TEXTS[stream.odd] ?? ""];
  return { member: one.place, ...toldOf(one, load), values: { street: streets[one.street] ?? null, ...above } };
}

/** Who lies above a place; the plainest choice is nobody. */
function aboveOf({ above }: PlaceEntry): number {
  return NO_PLACE - above;
}

function shareOf(one: ShareEntry, load: number): ToldRow {
  return { member: one.place * 8 + (HOLDERS[one.holder] ?? 0), ...toldOf(one, load), values: { share: ["0.50", "0.25", "1.00", "0.00"][one.share] ?? null } };
}

function eventOf(one: EventEntry, number: number, load: number, index: number): Event {
  const day = RECENT[one.day];
  const amount = ["1.00", null, "-5.10", "0.00"][one.amount] ?? null;
  return { process: one.order, type: EVENTS[one.type] ?? null, at: day === undefined ? null : `${dayAfter(load + day)} ${SLOTS[one.slot]}`, number: one.number, id: number * 800 + load * 8 + index, told: { member_id: namedNumber(one.member, number), amount } };
}

function clickOf(one: ClickEntry, number: number, load: number): Load["clicks"][number] {
  const loaded = one.age === 6 ? null : `${shifted(latestDay(load), -one.age)} ${SLOTS[one.loaded]}`;
  const values = { clicked_at: one.day === 11 && one.slot === 7 ? null : instant(load, one.day, one.slot), member_id: namedNumber(one.member, number), seconds: ["10", "0", null, "7"][one.seconds] ?? null, loaded_at: loaded };
  return { member: one.click, touched: loaded ?? "", values };
}

function orderOf(one: OrderEntry, number: number, load: number): ToldRow {
  const ordered = load + (RECENT[one.ordered] ?? 0);
  const values = {
    member_id: namedNumber(one.member, number),
    ordered_at: `${dayAfter(ordered)} ${SLOTS[one.slot]}`,
    packed_on: one.packed === 0 ? null : dayAfter(ordered + one.packed - 2),
    shipped_at: one.shipped === 0 ? null : `${dayAfter(ordered + one.shipped - 1)} ${SLOTS[(one.slot + one.shipped) % SLOTS.length]}`,
    amount: ["1.00", "0.00", "-5.10", null][one.amount] ?? null,
  };
  return { member: one.order, ...toldOf(one, load), values };
}

function toldOf(one: Told, load: number): Omit<ToldRow, "member" | "values"> {
  const dates = datesOfLoad(load);
  const date = dates[one.extract % dates.length] ?? "";
  return {
    log: { at: instant(load, one.changed, one.slot), sequence: one.sequence, deletes: one.operation >= 8 },
    extract: dates.length === 0 ? null : { date, at: startOfDay(date) },
    touched: instant(load, 0, one.touched),
  };
}

function memberOf(one: Entry): number {
  return MEMBERS[one.member] ?? 0;
}

function valuesOf(one: Entry, stream: Stream, number: number): Values {
  const texts: readonly Value[] = ["Oslo", null, "", ODD_TEXTS[stream.odd] ?? ""];
  const prices: readonly Value[] = ["1.00", null, "1.10", "-0.01"];
  const place = [0, null, 1, 5][one.place] ?? null;
  return { label: texts[one.label] ?? null, city: texts[one.city] ?? null, price: prices[one.price] ?? null, note: texts[one.note] ?? null, place_id: place === null ? null : String(number * 8 + place) };
}

function namedNumber(named: number, number: number): Value {
  const member = NAMED[named] ?? null;
  return member === null ? null : textOf(memberNumber(number, member));
}

function textOf(number: number | null): Value {
  return number === null ? null : String(number);
}

function instant(load: number, day: number, slot: number): Instant {
  const offset = DAYS[day] ?? 0;
  // Some changes lie where first versions are opened to.
  if (typeof offset === "string" && slot === 1) return BEGINNING;
  return `${typeof offset === "string" ? offset : dayAfter(load + offset)} ${SLOTS[slot]}`;
}

function dayAfter(days: number): string {
  return shifted("2026-10-19", days);
}

/** So many days after a day. */
export function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
