import { billsOf, visitsSoFar } from "./fact-rows.ts";
import type { Instant, Value, Values } from "./interpreter/types.ts";
import { NO_PLACE, memberNumber, memberParts, placeNumber, shareParts, siteParts, stakeParts } from "./keys.ts";
import { datesOfLoad, latestDay, latestLoad, loadsOf, runInstant } from "./sources.ts";
import type { Load, ToldRow } from "./sources.ts";
import type { Stream } from "./streams.ts";
import { KINDS } from "./tested.ts";
import type { Kind } from "./tested.ts";

/** Streams by number; the number is part of every key. */
export type Streams = ReadonlyMap<number, Stream>;

const VALUES = "label varchar, city varchar, price decimal(10,2), note varchar";
const ORDER = "member_id integer, ordered_at timestamptz, packed_on date, shipped_at timestamptz, amount decimal(10,2)";
const TABLES = {
  members: `member_id integer, ${VALUES}, place_id integer`,
  pairs: `part_a varchar, part_b varchar, ${VALUES}`,
  places: "place_id integer, street varchar, above_id integer",
  sites: "site_a varchar, site_b varchar, street varchar, above_a varchar, above_b varchar",
  shares: "place_id integer, member_id integer, share decimal(10,2)",
  stakes: "site_a varchar, site_b varchar, part_a varchar, part_b varchar, share decimal(10,2)",
  orders: `order_id integer, ${ORDER}`,
} as const;
const EXTRA = { log: "change_number integer, changed_at timestamptz, op varchar", state: "touched_at timestamptz", extract: "extract_date date" } as const;
const SALES = "row_number integer, sale_id integer, sold_at timestamptz, sold_on date, booked_on date, member_id integer, part_a varchar, part_b varchar, amount decimal(10,2), channel varchar, is_gift boolean, till_number integer, place_id integer, site_a varchar, site_b varchar";

/** Nothing is extracted with a key of several parts but pairs. */
function tablesOf(kind: Kind): readonly (readonly [table: string, columns: string])[] {
  return Object.entries(TABLES).filter(([table]) => kind !== "extract" || (table !== "sites" && table !== "stakes"));
}

/** Statements that make the empty tables of all sources. */
export function tables(): readonly string[] {
  const sources = KINDS.flatMap((kind) => [`create schema raw_${kind}`, ...tablesOf(kind).map(([table, columns]) => `create table raw_${kind}.${table} (${EXTRA[kind]}, ${columns})`)]);
  return [
    ...sources,
    "create table raw_log.bills (change_number integer, changed_at timestamptz, bill_id integer, member_id integer, billed_at timestamptz, amount decimal(10,2))",
    "create schema raw_till",
    `create table raw_till.sales (${SALES})`,
    "create table raw_till.visits (visit_id integer, visited_on date, pages integer, loaded_at timestamptz)",
    "create table raw_till.events (event_id integer, order_id integer, event_number integer, event_type varchar, happened_at timestamptz, member_id integer, amount decimal(10,2))",
    "create table raw_till.clicks (click_id integer, clicked_at timestamptz, member_id integer, seconds integer, loaded_at timestamptz)",
  ];
}

/** Statements that bring one load of all streams. */
export function landing(streams: Streams, load: number): readonly string[] {
  const brought = [...streams].map(([number, stream]): Brought => ({ number, stream, load: loadsOf(stream, number)[load] ?? NOTHING }));
  return [...KINDS.flatMap((kind) => [...(kind === "state" ? tablesOf(kind).map(([table]) => `delete from raw_state.${table}`) : []), ...landed(kind, brought, load)]), ...till(brought, load)];
}

interface Brought {
  readonly number: number;
  readonly stream: Stream;
  readonly load: Load;
}

const NOTHING: Load = { log: [], state: [], extract: [], sales: [], places: [], sites: [], orders: [], shares: [], events: [], clicks: [] };

/** What a source with this kind of history gets. There is one row of nobody's stream each day, so that the days of extracts and the latest order are known. */
function landed(kind: Kind, brought: readonly Brought[], load: number): readonly string[] {
  const latest = `${latestDay(load)} 12:00:00.000000`;
  const pulse = { log: [["0", instant(runInstant(load)), "'U'"]], state: [[instant(runInstant(load))]], extract: datesOfLoad(load).map((date) => [text(date)]) }[kind];
  const told = (one: ToldRow): readonly string[] | null => {
    switch (kind) {
      case "log":
        return [String(one.log.sequence), instant(one.log.at), text(one.log.deletes ? "D" : "U")];
      case "state":
        return [instant(one.touched)];
      case "extract":
        return one.extract === null ? null : [text(one.extract.date)];
      default:
        throw new Error(`unknown kind ${String(kind satisfies never)}`);
    }
  };
  const all = (rows: readonly ToldRow[], columns: (one: ToldRow) => readonly string[]) => rows.flatMap((one) => [told(one)].flatMap((place) => (place === null ? [] : [row([...place, ...columns(one)])])));
  const members = brought.flatMap(({ number, load: { log, state, extract } }) => [
    ...(kind === "log" ? log.map((one) => ({ ...one, number, told: [String(one.sequence), instant(one.at), text(one.deletes ? "D" : "U")] })) : []),
    ...(kind === "state" ? state.map((one) => ({ ...one, number, told: [instant(one.touched)] })) : []),
    ...(kind === "extract" ? extract.map((one) => ({ ...one, number, told: [text(one.date)] })) : []),
  ]);
  const extracts = kind === "extract" ? pulse : [];
  const orders = brought.flatMap(({ number, load: { orders: rows } }) => all(rows, (one) => [String(number * 8 + one.member), ...orderOf(one)]));
  return [
    ...insert(`raw_${kind}.members`, [...extracts.map((one) => row([...one, "-8", "null", "null", "null", "null", "null"])), ...members.map((one) => row([...one.told, quoted(memberNumber(one.number, one.member)), ...valuesOf(one.values), one.values["place_id"] ?? "null"]))]),
    ...insert(`raw_${kind}.pairs`, [...extracts.map((one) => row([...one, "'-1:'", "'pulse'", "null", "null", "null", "null"])), ...members.map((one) => row([...one.told, ...memberParts(one.number, one.member).map(text), ...valuesOf(one.values)]))]),
    ...insert(`raw_${kind}.places`, [...extracts.map((one) => row([...one, "-8", "null", "null"])), ...brought.flatMap(({ number, load: { places } }) => all(places, (one) => [String(number * 8 + one.member), text(one.values["street"] ?? null), one.values["above_id"] ?? "null"]))]),
    ...insert(`raw_${kind}.shares`, [...extracts.map((one) => row([...one, "-8", "-8", "null"])), ...brought.flatMap(({ number, load: { shares } }) => all(shares, (one) => [...shareParts(number, one.member).map(quoted), one.values["share"] ?? "null"]))]),
    ...(kind === "extract" ? [] : inParts(kind, brought, all)),
    ...insert(`raw_${kind}.orders`, [...pulse.map((one) => row([...one, "-8", "-8", instant(latest), "null", "null", "null"])), ...orders]),
    ...(kind === "log" ? insert("raw_log.bills", [row(["0", instant(runInstant(load)), "-8", "-8", instant(latest), "null"]), ...brought.flatMap(({ number, load: one }) => billsOf([one]).map((bill) => row([String(bill.log.sequence), instant(bill.log.at), String(number * 8 + bill.member), ...billOf(bill)])))]) : []),
  ];
}

/** Places and shares of them under keys of several parts. */
function inParts(kind: Kind, brought: readonly Brought[], all: (rows: readonly ToldRow[], columns: (one: ToldRow) => readonly string[]) => readonly string[]): readonly string[] {
  return [
    ...insert(`raw_${kind}.sites`, brought.flatMap(({ number, load: { sites } }) => all(sites, (one) => [...siteParts(number, one.member), ...Object.values(one.values)].map(text)))),
    ...insert(`raw_${kind}.stakes`, brought.flatMap(({ number, load: { shares } }) => all(shares, (one) => [...stakeParts(number, one.member).map(text), one.values["share"] ?? "null"]))),
  ];
}

function till(brought: readonly Brought[], load: number): readonly string[] {
  const pulse = [String(load * 100 + 99), "-8", "null", "null", text(latestDay(load)), "null", "null", "null", "null", "null", "null", "-1", "null", "null", "null"];
  const sales = brought.flatMap(({ number, load: { sales: rows } }) => rows.map((one, index) => row([
    String(load * 100 + index), String(number * 8 + one.sale), instant(one.at), text(one.on), text(one.booked), one.member === null ? "null" : quoted(memberNumber(number, one.member)),
    ...(one.member === null ? ["null", "null"] : memberParts(number, one.member).map(text)), one.amount, text(one.channel), one.gift ?? "null", String(number), quoted(one.place === null ? null : placeNumber(number, one.place)), ...siteParts(number, one.place ?? NO_PLACE).map(text),
  ])));
  const events = brought.flatMap(({ number, load: { events: rows } }) => rows.map((one) => row([String(one.id), String(number * 8 + one.process), String(one.number), text(one.type), instant(one.at), one.told["member_id"] ?? "null", one.told["amount"] ?? "null"])));
  const clicks = brought.flatMap(({ number, load: { clicks: rows } }) => rows.map(({ member, values }) => row([String(number * 8 + member), instant(values["clicked_at"] ?? null), values["member_id"] ?? "null", values["seconds"] ?? "null", instant(values["loaded_at"] ?? null)])));
  const visits = brought.flatMap(({ number, stream }) => visitsSoFar({ stream, number, runs: [load] }).slice(load === 0 ? 0 : visitsSoFar({ stream, number, runs: [load - 1] }).length));
  return [
    ...insert("raw_till.sales", [row(pulse), ...sales]),
    ...insert("raw_till.events", events),
    ...insert("raw_till.clicks", [row(["-8", "null", "null", "null", instant(latestLoad(load))]), ...clicks]),
    ...insert("raw_till.visits", [row([String(-800 - load), "null", "0", instant(latestLoad(load))]), ...visits.map(({ id, on, pages, loaded }) => row([String(id), text(on), String(pages), instant(loaded)]))]),
  ];
}

function orderOf({ values }: ToldRow): readonly string[] {
  return [values["member_id"] ?? "null", instant(values["ordered_at"] ?? null), text(values["packed_on"] ?? null), instant(values["shipped_at"] ?? null), values["amount"] ?? "null"];
}

function billOf({ values }: ToldRow): readonly string[] {
  return [values["member_id"] ?? "null", instant(values["ordered_at"] ?? null), values["amount"] ?? "null"];
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

function quoted(number: number | null): string {
  return number === null ? "null" : String(number);
}

function text(value: Value): string {
  return value === null ? "null" : `'${value.replaceAll("'", "''")}'`;
}

function instant(at: Instant | null): string {
  return at === null ? "null" : `'${at}+00:00'`;
}
