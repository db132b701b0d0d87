import { processesOf } from "./interpreter/events.ts";
import { periodRows } from "./interpreter/periods.ts";
import type { Reading } from "./interpreter/periods.ts";
import { daysBetween, hoursBetween } from "./interpreter/progress.ts";
import { currentRows, timelinesOfExtracts, timelinesOfLog } from "./interpreter/timeline.ts";
import type { Instant, Value, Values } from "./interpreter/types.ts";
import { placeNumber } from "./keys.ts";
import { dayOf, extractDates, latestDay, loadsOf, runInstant, startOfDay } from "./sources.ts";
import type { Load, Sale, ToldRow } from "./sources.ts";
import type { Played } from "./simulation.ts";
import type { TestedFact } from "./tested.ts";

/** A row that a fact must hold: what it shows itself, whom it names when, and the flags it has. */
export interface FactRow {
  readonly told: readonly (string | number | null)[];
  readonly member: number | null;
  readonly place: number | null;
  readonly at: Instant | null;
  readonly on: string | null;
  readonly flags: readonly Value[];
}

/** The rows of a fact that come from one stream. */
export function factRows(fact: TestedFact, played: Played): readonly FactRow[] {
  switch (fact.rows) {
    case "sales":
      return salesSoFar(played).map((sale) => row([played.number * 8 + sale.sale, sale.amount, dateKey(fact.time === "on" ? sale.on : sale.at === null ? null : dayOf(sale.at))], { ...sale, flags: [sale.channel, sale.gift] }));
    case "stops":
      return salesSoFar(played).map((sale) => stopRow(sale, played.number));
    case "swapped":
      return ordersNow(fact, played).map(({ order, values }) => orderRow(played.number * 8 + order, values, played.number));
    case "steps":
      return stepRows(played);
    case "visits":
      return visitsSoFar(played).map(({ id, on, pages }) => row([id, dateKey(on), pages], {}));
    case "progress":
      return ordersNow(fact, played).map(({ order, values }) => progressRow(played.number * 8 + order, values, played.number));
    case "periods":
      return periodFactRows(fact, played);
    default:
      throw new Error(`unknown rows ${String(fact.rows satisfies never)}`);
  }
}

/** A visit of a shop. */
export interface Visit {
  readonly id: number;
  readonly on: string | null;
  readonly pages: number;
  readonly loaded: Instant | null;
}

/** The visits that all loads so far brought. They come from sales, one each. */
export function visitsSoFar(played: Played): readonly Visit[] {
  return soFar(played).flatMap(({ sales }, load) => sales.map(({ on, sale, loaded }, index): Visit => ({ id: played.number * 800 + load * 8 + index, on, pages: sale, loaded })));
}

function row(told: FactRow["told"], { member = null, place = null, at = null, on = null, flags = [] }: Partial<FactRow>): FactRow {
  return { told, member, place, at, on, flags };
}

/** What all loads so far brought. */
export function soFar({ stream, number, runs }: Played): readonly Load[] {
  return loadsOf(stream, number).slice(0, (runs.at(-1) ?? 0) + 1);
}

/** The rows loaded last of each sale. */
export function salesSoFar(played: Played): readonly Sale[] {
  const rows = soFar(played).flatMap((one) => one.sales);
  return [...new Map(rows.map((sale) => [sale.sale, sale])).values()];
}

interface Order {
  readonly order: number;
  readonly values: Values;
}

/** The orders that a source holds now: the last change of each in a log, the rows of the last load, of the last extract. */
function ordersNow(fact: TestedFact, played: Played): readonly Order[] {
  const loads = soFar(played);
  const keyed = (one: ToldRow) => ({ ...one, key: [String(one.member)] });
  const rows = loads.flatMap((one) => one.orders.map(keyed));
  const living = (timelines: readonly { readonly key: readonly Value[]; readonly states: readonly { readonly values: Values | null }[] }[]) =>
    timelines.flatMap(({ key, states }): readonly Order[] => {
      const values = states.at(-1)?.values ?? null;
      return values === null ? [] : [{ order: Number(key[0]), values }];
    });
  switch (fact.kind) {
    case "log":
      return living(timelinesOfLog(rows.map((one) => ({ ...one, ...one.log })), "close"));
    case "state":
      return currentRows((loads.at(-1)?.orders ?? []).map(keyed)).map((one) => ({ order: one.member, values: one.values }));
    case "extract":
      return living(timelinesOfExtracts(rows.flatMap((one) => (one.extract === null ? [] : [{ ...one, at: one.extract.at }])), extractDates(played.runs.at(-1) ?? 0).map(startOfDay)));
    default:
      throw new Error(`${fact.name} has no orders`);
  }
}

function stopRow(sale: Sale, number: number): FactRow {
  const place = sale.place === null ? null : placeNumber(number, sale.place);
  const told = [number * 8 + sale.sale, number, place, sale.amount, sale.gift === "true" ? 0 : 1, dateKey(sale.at === null ? null : dayOf(sale.at))];
  return row(told, sale);
}

/** An order as it is now: its number, amount, member and day. */
function orderRow(id: number, values: Values, number: number): FactRow {
  const ordered = values["ordered_at"] ?? null;
  return row([id, values["amount"] ?? null, values["member_id"] ?? null, dateKey(ordered === null ? null : dayOf(ordered))], { member: memberOf(values, number), at: ordered });
}

/** Orders as all events tell of them. */
function stepRows(played: Played): readonly FactRow[] {
  return processesOf(soFar(played).flatMap((one) => one.events)).map(({ process, reached, told }) => {
    const at = (type: string) => reached.get(type) ?? null;
    const on = (type: string) => (at(type) === null ? null : dayOf(at(type) ?? ""));
    const days = [on("ordered"), on("parcel packed"), on("shipped")].map(dateKey);
    const lags = [daysBetween(on("ordered"), on("parcel packed")), hoursBetween(at("ordered"), at("shipped"))];
    return row([played.number * 8 + process, told["amount"] ?? null, ...days, ...lags], { member: memberOf(told, played.number), at: at("ordered") });
  });
}

function progressRow(id: number, values: Values, number: number): FactRow {
  const [ordered, packed, shipped] = [values["ordered_at"] ?? null, values["packed_on"] ?? null, values["shipped_at"] ?? null];
  const day = ordered === null ? null : dayOf(ordered);
  const keys = [day, packed, shipped === null ? null : dayOf(shipped)].map(dateKey);
  return row([id, values["amount"] ?? null, ...keys, daysBetween(day, packed), hoursBetween(ordered, shipped)], { member: memberOf(values, number), at: ordered });
}

/** Whom a row names by a number in the key of its stream. */
export function memberOf(values: Values, number: number): number | null {
  const id = values["member_id"] ?? null;
  return id === null ? null : Number(id) - number * 8;
}

/** The rows of a periodic snapshot that are about nobody: those of all streams count together. */
export function nobodysPeriods(fact: TestedFact, all: readonly Played[]): readonly FactRow[] {
  const rows = all.flatMap((played) => readings(fact, played)).filter((one) => one.entity === null);
  return shown(fact, rows, all[0]?.runs ?? []);
}

function periodFactRows(fact: TestedFact, played: Played): readonly FactRow[] {
  const rows = readings(fact, played).filter((one) => one.entity !== null);
  return shown(fact, rows, played.runs).map((one) => ({ ...one, member: Number(one.told[0]) - played.number * 8 }));
}

function shown(fact: TestedFact, rows: readonly Reading[], runs: readonly number[]): readonly FactRow[] {
  const { period } = fact;
  if (period === undefined) throw new Error(`${fact.name} has no period`);
  const load = runs.at(-1) ?? 0;
  const latest = fact.kind === "extract" ? [...extractDates(load)].sort().at(-1) : latestDay(load);
  const open = period.through === "run" ? dayOf(runInstant(load)) : (latest ?? "");
  return periodRows(rows, period.length, open).map((one) => {
    const sums = period.holds === "readings" ? [] : [one.paid, one.count, one.greatest, one.balance];
    const read = period.holds === "sums" ? [] : [one.reading, one.readingOrZero];
    return row([one.entity === null ? null : Number(one.entity), one.end, dateKey(one.end), ...sums, ...read], { on: one.end });
  });
}

/** What counts in periods: sales on the day they are booked, orders as they are now, all bills and all extracts. */
function readings(fact: TestedFact, played: Played): readonly Reading[] {
  const loads = soFar(played);
  const entity = (values: Values) => values["member_id"] ?? null;
  const ordered = (values: Values) => values["ordered_at"] ?? "";
  if (fact.kind === "till") {
    return salesSoFar(played).map((sale) => ({ entity: sale.member === null || sale.member === 3 ? null : String(played.number * 8 + sale.member), day: sale.booked, order: [sale.booked, padded(played, sale.sale)], amount: sale.amount }));
  }
  if (fact.kind === "extract") {
    const rows = loads.flatMap((one) => one.orders).flatMap(({ member, extract, values }) => (extract === null ? [] : [{ member, date: extract.date, values }]));
    return rows.map(({ member, date, values }) => ({ entity: entity(values), day: date, order: [date, padded(played, member)], amount: values["amount"] ?? null }));
  }
  if (fact.kind === "log" && fact.period?.holds === "readings") {
    return billsOf(loads).map(({ member, log, values }) => ({ entity: entity(values), day: dayOf(ordered(values)), order: [ordered(values), log.at, String(log.sequence), padded(played, member)], amount: values["amount"] ?? null }));
  }
  return ordersNow(fact, played).map(({ order, values }) => ({ entity: entity(values), day: dayOf(ordered(values)), order: [ordered(values), padded(played, order)], amount: values["amount"] ?? null }));
}

/** Bills are the changes of orders that delete nothing. */
export function billsOf(loads: readonly Load[]): readonly ToldRow[] {
  return loads.flatMap((one) => one.orders).filter((one) => !one.log.deletes);
}

/** A number in the key of a stream, as text that sorts as the number does. */
export function padded({ number }: Played, of: number): string {
  return String(number * 8 + of).padStart(6, "0");
}

/** The key of a day; the calendar holds one year. */
export function dateKey(date: string | null): number {
  if (date === null) return -2;
  return date.startsWith("2026-") ? Number(date.replaceAll("-", "")) : -1;
}

