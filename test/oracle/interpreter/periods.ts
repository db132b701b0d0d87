import type { Value } from "./types.ts";

/** The period of a periodic snapshot. */
export type Period = "day" | "week" | "month";

/** A row of a source: what it is about, the day it counts on, and what tells the last of several on one day, of which the greatest counts. */
export interface Reading {
  readonly entity: Value;
  readonly day: string;
  readonly order: readonly string[];
  readonly amount: Value;
}

/** What a periodic snapshot must hold of one entity and period. Amounts have two decimals. */
export interface PeriodRow {
  readonly entity: Value;
  readonly end: string;
  readonly paid: string;
  readonly count: number;
  readonly greatest: Value;
  readonly balance: string;
  /** The last amount in the period, carried forward where there is none, and zero where there is none. */
  readonly reading: Value;
  readonly readingOrZero: string;
}

/** A row for each entity and period, from its first one to the last one that is over at `open`, a day of the period that is still open. */
export function periodRows(rows: readonly Reading[], period: Period, open: string): readonly PeriodRow[] {
  const entities = [...new Set(rows.map((row) => row.entity))];
  return entities.flatMap((entity) => rowsOf(rows.filter((row) => row.entity === entity), entity, period, startOf(open, period)));
}

function rowsOf(own: readonly Reading[], entity: Value, period: Period, open: string): readonly PeriodRow[] {
  const found: PeriodRow[] = [];
  let balance = 0n;
  let reading: Value = null;
  const first = own.map((row) => startOf(row.day, period)).sort()[0] ?? open;
  for (let start = first; start < open; start = next(start, period)) {
    const here = own.filter((row) => startOf(row.day, period) === start);
    const filled = here.flatMap(({ amount, order }) => (amount === null ? [] : [{ cents: cents(amount), order, amount }]));
    const paid = filled.reduce((sum, one) => sum + one.cents, 0n);
    const last = [...filled].sort((one, other) => compare(one, other)).at(-1);
    balance += paid;
    reading = last?.amount ?? reading;
    found.push({
      entity, end: dayBefore(next(start, period)), paid: text(paid), count: here.length, balance: text(balance), reading, readingOrZero: last?.amount ?? "0.00",
      greatest: filled.length === 0 ? null : text(filled.map((one) => one.cents).reduce((one, other) => (one > other ? one : other))),
    });
  }
  return found;
}

function compare(one: { readonly order: readonly string[]; readonly cents: bigint }, other: typeof one): number {
  for (const [position, text] of one.order.entries()) {
    const against = other.order[position] ?? "";
    if (text !== against) return text < against ? -1 : 1;
  }
  return Number(one.cents - other.cents);
}

function startOf(day: string, period: Period): string {
  switch (period) {
    case "day":
      return day;
    case "week":
      return shifted(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    case "month":
      return `${day.slice(0, 7)}-01`;
    default:
      throw new Error(`unknown period ${String(period satisfies never)}`);
  }
}

function next(start: string, period: Period): string {
  if (period !== "month") return shifted(start, period === "day" ? 1 : 7);
  const [year = 0, month = 0] = start.split("-").map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  return shifted(day, -1);
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function cents(amount: string): bigint {
  return BigInt(amount.replace(".", ""));
}

function text(amount: bigint): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
