import { hashed, surrogateOf } from "../expectation.ts";
import { dateKey, memberOf, padded, salesSoFar, soFar } from "../fact-rows.ts";
import type { FactRow } from "../fact-rows.ts";
import type { Lookup } from "../interpreter/facts.ts";
import { entriesOf, keptRows, lateRows, loadedRows } from "../interpreter/loads.ts";
import type { Cells, Kept, Loaded, Run, Window } from "../interpreter/loads.ts";
import { periodRows } from "../interpreter/periods.ts";
import type { PeriodRow } from "../interpreter/periods.ts";
import { currentRows } from "../interpreter/timeline.ts";
import type { Instant, Value, Values } from "../interpreter/types.ts";
import type { Simulated } from "../simulation.ts";
import { dayOf, latestDay, latestLoad, runInstant, shifted } from "../sources.ts";
import { dimensionNamed, factNamed } from "../tested.ts";
import { inEights, shown, shownInstant } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";

const AT: Lookup = { early: "unknown", moment: "instant" };

/** Days that a window of clicks reaches back. */
const LOOKBACK = 2;

const ORDER = [...["order_id", "amount", "member_id", "ordered_date_key"].map(shown), shownInstant("ordered_at")];

/** Facts that remember what earlier runs saw, and the till's balances. */
export const RECORDS: readonly Derived[] = [
  {
    name: "fct_orders_kept", stream: inEights("order_id"), cells: [...ORDER, "state_closed_key", shown("is_deleted"), shownInstant("deleted_at")],
    rows: (streams) => streams.flatMap((stream) => keptOrders(stream).map(({ cells, deletedAt }): DerivedRow => [stream.played.number, [...cells, String(deletedAt !== null), deletedAt]])),
  },
  {
    name: "fct_orders_booked", stream: inEights("order_id"), cells: [...ORDER, "log_closed_key", shown("order_count"), shown("entry_number"), "entry_type", shownInstant("recorded_at"), "orders_booked_key"],
    rows: (streams) => streams.flatMap((stream) => entriesOf(orderRuns(stream, "dim_log_closed", ["1"]), takenBack).map(({ cells, number, type, at }): DerivedRow => {
      const durable = hashed(cells.slice(0, 1));
      return [stream.played.number, [...cells, String(number), type, at, hashed([durable, String(number)])]];
    })),
  },
  {
    name: "fct_clicks", stream: inEights("click_id"), cells: [...["click_id", "seconds", "clicked_date_key"].map(shown), shownInstant("clicked_at"), "log_closed_key", shownInstant("source_loaded_at")],
    rows: (streams) => streams.flatMap((stream) => [...loadedRows(clickWindows(stream)).values()].map(({ cells }): DerivedRow => [stream.played.number, cells])),
  },
  {
    name: "fct_till_weeks", stream: "till_number", cells: ["till_number", "member_id", "period_end", "date_key", "closing", "opening", "usual", "lowest", "highest"].map(shown),
    rows: (streams) => streams.flatMap((stream) => tillWeeks(stream).map(({ entity, end, balance }): DerivedRow => [stream.played.number, [String(stream.played.number), entity, end, String(dateKey(end)), ...Array.from({ length: 5 }, () => balance)]])),
  },
];

/** Orders that any run saw, as the fact holds them that marks what is gone. */
export function keptOrders(stream: Simulated): readonly Kept[] {
  return keptRows(orderRuns(stream, "dim_state_closed", []));
}

/** A balance for each week of each member at a till; rows about nobody have one, too. */
export function tillWeeks({ played }: Simulated): readonly PeriodRow[] {
  const readings = salesSoFar(played).map((sale) => ({ entity: sale.member === null || sale.member === 3 ? null : String(played.number * 8 + sale.member), day: sale.booked, order: [sale.booked, padded(played, sale.sale)], amount: sale.amount }));
  return periodRows(readings, "week", latestDay(played.runs.at(-1) ?? 0));
}

/** Clicks that came too late for a run after the last one: a test of the generated warehouse reports them. */
export function lateClicks(stream: Simulated): readonly string[] {
  const windows = clickWindows(stream);
  return lateRows(windows.at(-1)?.rows ?? new Map(), loadedRows(windows), windowAfter(stream.played.runs.at(-1) ?? 0));
}

/** The clicks that a backfill loads: all of them, as they are now. */
export function allClicks(streams: readonly Simulated[]): readonly DerivedRow[] {
  return streams.flatMap((stream) => [...(clickWindows(stream).at(-1)?.rows.values() ?? [])].map(({ cells }): DerivedRow => [stream.played.number, cells]));
}

/** What the source of orders would make of a fact at each run, with the key of whom an order names, and cells that are the same in all rows. */
function orderRuns(stream: Simulated, dimension: string, more: Cells): readonly Run[] {
  return stream.runs().map((run) => ({
    at: runInstant(run.played.runs.at(-1) ?? 0),
    rows: new Map(run.rows("fct_state_swapped").map((row) => [String(row.told[0]), [...row.told.map(text), row.at, keyOf(run, row, dimension), ...more]])),
  }));
}

/** The clicks of the source at each run. */
function clickWindows(stream: Simulated): readonly Window[] {
  return stream.runs().map((run, position, runs) => {
    const before = runs[position - 1]?.played.runs.at(-1);
    const clicks = currentRows(soFar(run.played).flatMap((one) => one.clicks.map((click) => ({ ...click, key: [String(run.played.number * 8 + click.member)] }))));
    return { since: before === undefined ? null : windowAfter(before), rows: new Map(clicks.map(({ key, values }) => [String(key[0]), clickRow(run, key[0] ?? null, values)])) };
  });
}

function clickRow(run: Simulated, id: Value, values: Values): Loaded {
  const { clicked_at: at = null, seconds = null, loaded_at: loaded = null } = values;
  const row: FactRow = { told: [], member: memberOf(values, run.played.number), place: null, at, on: null, flags: [] };
  return { at: loaded, cells: [id, seconds, String(dateKey(at === null ? null : dayOf(at))), at, keyOf(run, row, "dim_log_closed"), loaded] };
}

/** When the window of the run begins that follows this one: so many days before the newest click that it loaded. */
function windowAfter(run: number): Instant {
  return `${shifted(latestDay(run), -LOOKBACK)}${latestLoad(run).slice(10)}`;
}

function keyOf(run: Simulated, row: FactRow, dimension: string): Value {
  const tested = dimensionNamed(dimension);
  const found = run.points(row, factNamed("fct_state_swapped"), tested, AT);
  return typeof found === "string" ? found : surrogateOf(found, run.versions(dimension), tested.dimension);
}

/** The amount and the count of an order negated; all else stays. */
function takenBack(cells: Cells): Cells {
  return cells.map((cell, position) => (position === 1 || position === cells.length - 1 ? negated(cell) : cell));
}

function negated(number: Value): Value {
  if (number === null || /^[0.]+$/.test(number)) return number;
  return number.startsWith("-") ? number.slice(1) : `-${number}`;
}

function text(value: string | number | null): Value {
  return value === null ? null : String(value);
}
