import { grouped } from "./groups.ts";
import type { Change, CurrentRow, Dimension, ExtractRow, Instant, Key, Timeline, Values } from "./types.ts";

/**
 * A change log as timelines: the set of all changes counts, not the order in which they came. Of the changes of one
 * member at one instant the highest sequence wins; where that is a tie, a deletion, then the greatest values in order.
 * Where deletions are ignored it is as if they had never been logged.
 */
export function timelinesOfLog(changes: readonly Change[], deletes: Dimension["deletes"]): readonly Timeline[] {
  return members(changes.filter((one) => deletes !== "ignore" || !one.deletes)).map(({ key, rows }) => {
    const instants = distinct(rows.map((row) => row.at));
    const states = instants.map((at) => {
      const winner = greatest(rows.filter((row) => row.at === at), (one, other) => one.sequence - other.sequence || Number(one.deletes) - Number(other.deletes) || compareValues(one.values, other.values));
      return { at, values: winner.deletes ? null : winner.values };
    });
    return { key, states };
  });
}

/** Extracts as timelines: who is missing from an extract that there is, is gone from its moment on. */
export function timelinesOfExtracts(rows: readonly ExtractRow[], moments: readonly Instant[]): readonly Timeline[] {
  return members(rows).map((member) => {
    const first = distinct(member.rows.map((row) => row.at))[0] ?? "";
    const states = distinct(moments).filter((at) => at >= first).map((at) => {
      const found = member.rows.filter((row) => row.at === at);
      return { at, values: found.length === 0 ? null : greatest(found, (one, other) => compareValues(one.values, other.values)).values };
    });
    return { key: member.key, states };
  });
}

/** A table of current rows, looked at by runs, as timelines. A change is known from the run on that saw it. */
export function timelinesOfRuns(runs: readonly { readonly at: Instant; readonly rows: readonly CurrentRow[] }[]): readonly Timeline[] {
  const seen = runs.flatMap(({ at, rows }) => members(rows).map(({ key, rows: candidates }) => ({ key, at, values: latest(candidates).values })));
  return timelinesOfExtracts(seen, runs.map((run) => run.at));
}

/** The rows of a table of current rows, one for each key. */
export function currentRows<Row extends CurrentRow>(rows: readonly Row[]): readonly Row[] {
  return members(rows).map((one) => greatest(one.rows, compareCurrent));
}

/** Of several rows of one key the one touched last, else the greatest. */
function latest(rows: readonly CurrentRow[]): CurrentRow {
  return greatest(rows, compareCurrent);
}

function compareCurrent(one: CurrentRow, other: CurrentRow): number {
  return compareText(one.touched, other.touched) || compareValues(one.values, other.values);
}

/** Rows by member, in the order of their first row; rows without a whole key belong to nobody. */
function members<Row extends { readonly key: Key }>(rows: readonly Row[]): readonly { readonly key: Key; readonly rows: readonly Row[] }[] {
  const found = grouped(rows.filter((one) => !one.key.includes(null)), (one) => JSON.stringify(one.key));
  return [...found.values()].flatMap((group) => (group[0] === undefined ? [] : [{ key: group[0].key, rows: group }]));
}

function greatest<Row>(rows: readonly Row[], compare: (one: Row, other: Row) => number): Row {
  const sorted = [...rows].sort(compare);
  const last = sorted.at(-1);
  if (last === undefined) throw new Error("no rows to choose from");
  return last;
}

/** Column by column in the order of the table; NULL is least. Numbers compare as numbers. */
function compareValues(one: Values, other: Values): number {
  for (const name of Object.keys(one)) {
    const order = compareValue(one[name] ?? null, other[name] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValue(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  const numeric = /^-?\d+(\.\d+)?$/;
  return numeric.test(one) && numeric.test(other) ? Number(one) - Number(other) : compareText(one, other);
}

/** By bytes, as warehouses do in their plain collation. */
function compareText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function distinct(instants: readonly Instant[]): readonly Instant[] {
  return [...new Set(instants)].sort();
}
