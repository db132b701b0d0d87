import type { Instant, Value } from "./types.ts";

/** The cells of a row of a fact, in the order of its columns. */
export type Cells = readonly Value[];

/** What a fact would hold if it were built by this run alone, by the key of its rows; and the time that the run stands for. */
export interface Run {
  readonly at: Instant;
  readonly rows: ReadonlyMap<string, Cells>;
}

/** A row as it was last seen, and the time of the run that first missed it; null where the source has it. */
export interface Kept {
  readonly cells: Cells;
  readonly deletedAt: Instant | null;
}

/** Rows that stay when their source loses them, after all of these runs. */
export function keptRows(runs: readonly Run[]): readonly Kept[] {
  const kept = new Map<string, Kept>();
  for (const { at, rows } of runs) {
    for (const [key, one] of kept) if (!rows.has(key) && one.deletedAt === null) kept.set(key, { ...one, deletedAt: at });
    for (const [key, cells] of rows) kept.set(key, { cells, deletedAt: null });
  }
  return [...kept.values()];
}

/** An entry in a ledger. */
export interface Entry {
  readonly cells: Cells;
  readonly number: number;
  readonly type: "original" | "reversal" | "correction";
  readonly at: Instant;
}

/** Entries that the runs book: a row that is new, and where it is gone or differs one that takes it back, and what it is now. */
export function entriesOf(runs: readonly Run[], takenBack: (cells: Cells) => Cells): readonly Entry[] {
  const books = new Map<string, Entry[]>();
  for (const { at, rows } of runs) {
    for (const key of new Set([...books.keys(), ...rows.keys()])) {
      const entries = books.get(key) ?? [];
      const last = entries.at(-1);
      const booked = last === undefined || last.type === "reversal" ? null : last.cells;
      const now = rows.get(key) ?? null;
      if (JSON.stringify(booked) === JSON.stringify(now)) continue;
      const next = () => ({ number: entries.length + 1, at });
      if (booked !== null) entries.push({ cells: takenBack(booked), type: "reversal", ...next() });
      if (now !== null) entries.push({ cells: now, type: entries.length === 0 ? "original" : "correction", ...next() });
      books.set(key, entries);
    }
  }
  return [...books.values()].flat();
}

/** A row of a source with a load time, which some rows lack, and what the fact would hold of it now. */
export interface Loaded {
  readonly cells: Cells;
  readonly at: Instant | null;
}

/** A run that reads only what was loaded since some time; null: everything. */
export interface Window {
  readonly since: Instant | null;
  readonly rows: ReadonlyMap<string, Loaded>;
}

/** What these runs load, by the key of the rows. What lies before a window stays as it was. */
export function loadedRows(windows: readonly Window[]): ReadonlyMap<string, Loaded> {
  const loaded = new Map<string, Loaded>();
  for (const { since, rows } of windows) for (const [key, one] of rows) if (isWithin(one, since)) loaded.set(key, one);
  return loaded;
}

/** Rows that come too late for a window that begins then: the fact lacks them, or holds another load of them. */
export function lateRows(rows: ReadonlyMap<string, Loaded>, loaded: ReadonlyMap<string, Loaded>, since: Instant): readonly string[] {
  return [...rows].filter(([key, one]) => !isWithin(one, since) && loaded.get(key)?.at !== one.at).map(([key]) => key);
}

function isWithin({ at }: Loaded, since: Instant | null): boolean {
  return since === null || at === null || at >= since;
}
