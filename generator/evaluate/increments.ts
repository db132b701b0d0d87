import { sameValue } from "./compare.ts";
import { surrogateKey } from "./surrogate-key.ts";
import { instantOf } from "./time.ts";
import { exactOf, fail, type Value } from "./value.ts";
import type { Values } from "./rows.ts";

/** A row of a fact under the key of its grain, with its columns but the key: as it follows from the source, or as it is stored (then with what its load records). */
export interface FactRow {
  readonly key: string;
  readonly values: Values;
}

/** Of an increment: the rows that follow from the source now, those that are stored, and the columns that are compared. */
export interface Increment {
  readonly computed: readonly FactRow[];
  readonly stored: readonly FactRow[];
  readonly compared: readonly string[];
}

/** Rows that are missing, and unless `onlyMissing` those that came out otherwise than they are stored. */
export function changedRows({ computed, stored, compared }: Increment, onlyMissing: boolean): readonly FactRow[] {
  return computed.filter((one) => {
    const before = stored.find(({ key }) => key === one.key);
    return before === undefined || (!onlyMissing && differs(one, before, compared));
  });
}

/** The same and rows that are back, as not deleted; and rows that the source lost, marked with the time of the run. */
export function markedRows({ computed, stored, compared }: Increment, runAt: Value): readonly FactRow[] {
  const marked = ({ key, values }: FactRow, isDeleted: boolean): FactRow => ({ key, values: new Map([...values, ["is_deleted", isDeleted], ["deleted_at", isDeleted ? runAt : null]]) });
  const there = computed.filter((one) => {
    const before = stored.find(({ key }) => key === one.key);
    return before === undefined || before.values.get("is_deleted") === true || differs(one, before, compared);
  });
  const lost = stored.filter((one) => one.values.get("is_deleted") !== true && !computed.some(({ key }) => key === one.key));
  return [...there.map((one) => marked(one, false)), ...lost.map((one) => marked(one, true))];
}

/** A row of a partition that is written anew; one without a key only names it. */
export type SwappedRow = FactRow | { readonly key: null; readonly values: Values };

/** All rows of the partitions in which one is missing, came out otherwise, moved or is gone; a row without a key names a partition that has none left. */
export function swappedRows(increment: Increment, partition: string): readonly SwappedRow[] {
  const { computed, stored } = increment;
  const left = stored.filter((one) => {
    const now = computed.find(({ key }) => key === one.key);
    return now === undefined || !sameValue(valueOf(now, partition), valueOf(one, partition));
  });
  const touched: Value[] = [];
  for (const value of [...changedRows(increment, false), ...left].map((one) => valueOf(one, partition))) if (!touched.some((one) => sameValue(one, value))) touched.push(value);
  const of = (value: Value): readonly FactRow[] => computed.filter((one) => sameValue(valueOf(one, partition), value));
  return touched.flatMap((value): readonly SwappedRow[] => (of(value).length > 0 ? of(value) : [{ key: null, values: new Map([[partition, value]]) }]));
}

/** How the entries of a fact are told apart: by the column of the key that those of a row share. `measures` are taken back by their negation. */
export interface Entries {
  readonly durableKey: string;
  readonly measures: readonly string[];
}

/** Entries that take back what is stored of rows that are gone or came out otherwise, and those of rows that are new, came out otherwise or are back. */
export function entriesOf({ computed, stored, compared }: Increment, { durableKey, measures }: Entries): readonly FactRow[] {
  const rows = new Map(stored.map((one) => [String(one.values.get(durableKey)), one]));
  for (const one of stored) if (numberOf(one) > numberOf(rows.get(String(one.values.get(durableKey))) ?? one)) rows.set(String(one.values.get(durableKey)), one);
  const entry = (values: Values, durable: string, number: number, type: string): FactRow => ({
    key: entryKey(durable, number),
    values: new Map([...values, [durableKey, durable], ["entry_number", { kind: "exact", digits: BigInt(number), scale: 0 }], ["entry_type", type]]),
  });
  const reversals = [...rows].flatMap(([durable, last]) => {
    const now = computed.find(({ key }) => key === durable);
    if (isReversal(last) || (now !== undefined && !differs(now, last, compared))) return [];
    const values = [...last.values].map(([name, value]): [string, Value] => [name, measures.includes(name) ? negated(value) : value]);
    return [entry(new Map(values), durable, numberOf(last) + 1, "reversal")];
  });
  const bookings = computed.flatMap(({ key, values }) => {
    const last = rows.get(key);
    if (last === undefined) return [entry(values, key, 1, "original")];
    if (isReversal(last)) return [entry(values, key, numberOf(last) + 1, "correction")];
    return differs({ key, values }, last, compared) ? [entry(values, key, numberOf(last) + 2, "correction")] : [];
  });
  return [...reversals, ...bookings];
}

/** The key of an entry. */
export function entryKey(durable: string, number: number): string {
  return surrogateKey([durable, { kind: "exact", digits: BigInt(number), scale: 0 }]);
}

/** The rows that an increment reads: those loaded since so many days before the latest stored one, and those of which nobody knows when. */
export function rowsInWindow({ computed, stored }: Increment, loadedAt: string, days: number): readonly FactRow[] {
  const known = stored.flatMap((one) => instant(valueOf(one, loadedAt)));
  const latest = known.reduce((last, one) => (one > last ? one : last), known[0] ?? 0n);
  const start = latest - BigInt(days) * 86_400_000_000n;
  return computed.filter((one) => instant(valueOf(one, loadedAt)).every((at) => at >= start));
}

function differs(one: FactRow, other: FactRow, compared: readonly string[]): boolean {
  return compared.some((name) => !sameValue(valueOf(one, name), valueOf(other, name)));
}

function negated(value: Value): Value {
  if (value === null) return null;
  if (typeof value === "number") return value === 0 ? fail("zero has no sign on every engine") : -value;
  return { ...exactOf(value), digits: -exactOf(value).digits };
}

function isReversal(one: FactRow): boolean {
  return one.values.get("entry_type") === "reversal";
}

function numberOf({ values }: FactRow): number {
  return Number(exactOf(values.get("entry_number") ?? null).digits);
}

function valueOf({ values }: { readonly values: Values }, name: string): Value {
  return values.get(name) ?? null;
}

function instant(value: Value): readonly bigint[] {
  return value === null ? [] : [instantOf(value).micros];
}
