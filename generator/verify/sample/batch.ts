import { dayText } from "../../evaluate/time.ts";
import { isInteger } from "../../model/logical-type.ts";
import type { SourceTable } from "../../model/source.ts";
import { newRow, remember } from "./row.ts";
import { isNeeded, sharedOut } from "./shares.ts";
import { keyOf, othersThan, type SampleRow, type TableState, type Today } from "./state.ts";

/** What a table brings on a day. `whole` where the rows replace all that were there. */
export interface Batch {
  readonly rows: readonly SampleRow[];
  readonly whole: boolean;
}

/** Lets a table live through a day: members come, change, go and return as its history allows. */
export function nextBatch(state: TableState, today: Today, count: number): Batch {
  const { history } = state.table;
  const isWhole = history.kind === "current_state" || history.kind === "periodic_extract";
  if (state.sharings.some((one) => one === null || (one.where !== null && !isWhole))) state.problem ??= `no sample shares of ${state.table.name} add up to 1: the weight of its bridge is more than a scaled column, or rows that come one by one are filtered`;
  const events: SampleRow[] = [];
  const newcomers = today.first ? count : Math.max(1, Math.round(count / 8));
  for (let index = 0; index < newcomers && state.problem === null; index++) enter(state, today, events);
  if (!today.first) for (const member of [...state.members.values()]) live(member, state, today, events);
  if (state.problem !== null) return { rows: [], whole: false };
  switch (history.kind) {
    case "current_state": return { rows: shared(alive(state), state).flatMap((row) => withDuplicate(row, state, today)), whole: true };
    case "append_only": return { rows: events.flatMap((row) => withDuplicate(row, state, today)), whole: false };
    case "change_log": return { rows: events.flatMap((row) => (today.random.chance(0.05) ? [row, row] : [row])), whole: false };
    case "periodic_extract": return { rows: shared(alive(state), state).map((row) => new Map([...row, [history.extractDate, stamp(history.extractDate, state, today, 0)]])), whole: false };
  }
}

/** The rows with shares that add up. Only where a batch is all there is, they can be told anew. */
function shared(rows: readonly SampleRow[], { sharings }: TableState): readonly SampleRow[] {
  return sharings.reduce((before, one) => (one === null ? before : sharedOut(before, one)), rows);
}

function enter(state: TableState, today: Today, events: SampleRow[]): void {
  const row = newRow(state, today, told(state, today, "insert"));
  if (row === null) return;
  remember(row, state);
  const key = state.table.primaryKey.length === 0 ? String(++state.counter) : keyOf(row, state.table);
  state.members.set(key, { row, alive: true });
  events.push(row);
}

/** One day of a member: most keep still. */
function live(member: { row: SampleRow; alive: boolean }, state: TableState, today: Today, events: SampleRow[]): void {
  const { random } = today;
  const { kind } = state.table.history;
  if (kind === "append_only" || state.table.primaryKey.length === 0) return;
  if (!member.alive) {
    if (random.chance(0.3)) change(member, state, today, events);
  } else if (random.chance(0.06) && mayGo(member.row, state, today)) {
    member.alive = false;
    if (kind === "change_log") events.push(new Map([...member.row, ...told(state, today, "delete")]));
  } else if (random.chance(0.2)) {
    const said = change(member, state, today, events);
    if (said !== null && random.chance(0.2)) change(member, state, today, events, sameInstant(said, state));
  }
}

/** The instant of an event, where a sequence tells which of several at one instant is the last. */
function sameInstant(row: SampleRow, { table: { history } }: TableState): SampleRow {
  if (history.kind !== "change_log" || history.sequence.length === 0 || history.sequence.includes(history.effectiveAt)) return new Map();
  return new Map([[history.effectiveAt, row.get(history.effectiveAt) ?? null]]);
}

/** Another version of a member, or its return, some of its values changed. */
function change(member: { row: SampleRow; alive: boolean }, state: TableState, today: Today, events: SampleRow[], instant: SampleRow = new Map()): SampleRow | null {
  const { table } = state;
  const { random } = today;
  const kept = [...member.row].filter(([name]) => table.primaryKey.includes(name) || random.chance(0.6));
  const decided = state.dependencies.flatMap((one) => (one.moves ? [] : [...one.by, ...one.columns])).map((name): [string, string | null] => [name, member.row.get(name) ?? null]);
  const row = newRow(state, today, new Map([...kept, ...decided, ...told(state, today, "update"), ...instant]));
  if (row === null) return null;
  remember(row, state);
  events.push(row);
  if (!isLate(row, state, today)) Object.assign(member, { row, alive: true });
  return row;
}

/** True for an event that tells of a day before: it changes the past, not the present. */
function isLate(row: SampleRow, { table: { history } }: TableState, today: Today): boolean {
  return history.kind === "change_log" && (row.get(history.effectiveAt) ?? "") < dayText({ kind: "day", day: today.day });
}

/** A member that others refer to stays, unless the table keeps what it was. */
function mayGo(row: SampleRow, state: TableState, today: Today): boolean {
  const { table } = state;
  if (table.history.kind === "change_log" && table.history.operation === null) return false;
  if (state.sharings.some((one) => one !== null && isNeeded(row, othersThan(row, state), one))) return false;
  if (table.history.kind !== "current_state") return true;
  return !today.isReferenced(table.name, row);
}

/** The columns that tell of a change: operation, times and sequence. */
function told(state: TableState, today: Today, what: "insert" | "update" | "delete"): SampleRow {
  const { table } = state;
  const { history } = table;
  const row = new Map<string, string | null>();
  const order = ++state.counter;
  for (const name of [table.updatedAt, ...(table.deduplicate?.by ?? []), described(table.loadedAtColumn, table)]) {
    if (name !== null && !table.primaryKey.includes(name)) row.set(name, stamp(name, state, today, order));
  }
  if (history.kind === "change_log") {
    const late = what === "update" && state.sharings.length === 0 && !today.first && today.random.chance(0.15);
    row.set(history.effectiveAt, stamp(history.effectiveAt, state, late ? { ...today, day: today.day - 1 } : today, order));
    for (const name of history.sequence) row.set(name, stamp(name, state, today, order));
    if (history.operation !== null) row.set(history.operation.column, operation(state, today, what));
  }
  if (history.kind === "periodic_extract") row.set(history.extractDate, stamp(history.extractDate, state, today, 0));
  return new Map([...row].filter(([, value]) => value !== undefined));
}

function described(name: string | null, table: SourceTable): string | null {
  return table.columns.some((one) => one.name === name) ? name : null;
}

function operation(state: TableState, today: Today, what: "insert" | "update" | "delete"): string {
  const { table } = state;
  const { history } = table;
  const { column, delete: deletes } = history.kind === "change_log" && history.operation !== null ? history.operation : { column: "", delete: [] };
  if (what === "delete") return today.random.pick(deletes);
  const listed = table.checks.find((one) => one.kind === "enum" && one.column === column)?.params.values?.map(String) ?? ["I", "U"];
  const upserts = listed.filter((one) => !deletes.includes(one));
  return (what === "insert" ? upserts[0] : upserts[1] ?? upserts[0]) ?? "U";
}

/** A value of a column that grows with time: the day, a time on it, or the order itself. */
function stamp(name: string, { table }: TableState, today: Today, order: number): string {
  const type = table.columns.find((one) => one.name === name)?.type ?? { kind: "timestamp" };
  const day = dayText({ kind: "day", day: today.day });
  if (type.kind === "date") return day;
  if (type.kind === "timestamp" || type.kind === "timestamp_ntz") return `${day} ${clockOf(order)}`;
  return isInteger(type) || type.kind === "decimal" ? String(order) : `${day} ${String(order).padStart(9, "0")}`;
}

/** The n-th second of a day, from six o'clock on; extracts are made at midnight. */
function clockOf(order: number): string {
  const second = order === 0 ? 0 : 21_600 + (order % 60_000);
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map((one) => String(one).padStart(2, "0")).join(":");
}

function alive(state: TableState): readonly SampleRow[] {
  return [...state.members.values()].flatMap((one) => (one.alive ? [one.row] : []));
}

/** A row that is delivered twice, where the contract says what to do about it. */
function withDuplicate(row: SampleRow, { table }: TableState, { random }: Today): readonly SampleRow[] {
  return table.deduplicate !== null && random.chance(0.1) ? [row, row] : [row];
}
