import { dateKey, memberOf, soFar, visitsSoFar } from "../fact-rows.ts";
import type { FactRow } from "../fact-rows.ts";
import { lateRows, loadedRows } from "../interpreter/loads.ts";
import type { Loaded, Window } from "../interpreter/loads.ts";
import { currentRows } from "../interpreter/timeline.ts";
import type { Instant, Value, Values } from "../interpreter/types.ts";
import type { Simulated } from "../simulation.ts";
import { dayOf, latestDay, latestLoad, shifted } from "../sources.ts";
import { dimensionNamed } from "../tested.ts";
import { inEights, keyOfPointer, once, shown, shownInstant } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";

/** A fact that reads what was loaded within days of the newest row that it has. */
export interface Windowed extends Derived {
  /** What its source holds at each run, and what the run reads of it. */
  readonly windows: (stream: Simulated) => readonly Window[];
}

/** Days that the window of a run reaches back. */
const LOOKBACK = 2;

/** The clicks of the source at each run. */
const clickWindows = once((stream) => windowsOf(stream, (run) => {
  const clicks = currentRows(soFar(run.played).flatMap((one) => one.clicks.map((click) => ({ ...click, key: [String(run.played.number * 8 + click.member)] }))));
  return new Map(clicks.map(({ key, values }) => [String(key[0]), clickRow(run, key[0] ?? null, values)]));
}));

/** The visits of the source at each run. */
const visitWindows = once((stream) => windowsOf(stream, ({ played }) => new Map(visitsSoFar(played).map(({ id, on, pages, loaded }): [string, Loaded] => [String(id), { at: loaded, cells: [String(id), String(pages), String(dateKey(on)), loaded] }]))));

/** Facts that read a window of their source, by each way to write what it has. */
export const WINDOWS: readonly Windowed[] = [
  ...["fct_clicks", "fct_clicks_replaced"].map((name) => windowed(name, inEights("click_id"), [...["click_id", "seconds", "clicked_date_key"].map(shown), shownInstant("clicked_at"), "log_closed_key", shownInstant("source_loaded_at")], clickWindows)),
  windowed("fct_visits_recent", inEights("visit_id", 800), [...["visit_id", "pages", "visited_date_key"].map(shown), shownInstant("source_loaded_at")], visitWindows),
];

/** Rows that came too late for a run after the last one: a test of the generated warehouse reports them. */
export function tooLate(stream: Simulated, { windows }: Windowed): readonly string[] {
  const runs = windows(stream);
  return lateRows(runs.at(-1)?.rows ?? new Map(), loadedRows(runs), windowAfter(stream.played.runs.at(-1) ?? 0));
}

/** The rows that a backfill loads: all of them, as they are now. */
export function backfilled(streams: readonly Simulated[], { windows }: Windowed): readonly DerivedRow[] {
  return streams.flatMap((stream) => [...(windows(stream).at(-1)?.rows.values() ?? [])].map(({ cells }): DerivedRow => [stream.played.number, cells]));
}

function windowed(name: string, stream: string, cells: readonly string[], windows: Windowed["windows"]): Windowed {
  return { name, stream, cells, windows, rows: (streams) => streams.flatMap((one) => [...loadedRows(windows(one)).values()].map((row): DerivedRow => [one.played.number, row.cells])) };
}

function windowsOf(stream: Simulated, rows: (run: Simulated) => Window["rows"]): readonly Window[] {
  return stream.runs().map((run, position, runs) => {
    const before = runs[position - 1]?.played.runs.at(-1);
    return { since: before === undefined ? null : windowAfter(before), rows: rows(run) };
  });
}

function clickRow(run: Simulated, id: Value, values: Values): Loaded {
  const { clicked_at: at = null, seconds = null, loaded_at: loaded = null } = values;
  const row: FactRow = { told: [], member: memberOf(values, run.played.number), place: null, at, on: null, flags: [] };
  const to = run.points(row, { time: "at" }, dimensionNamed("dim_log_closed"), { early: "unknown", moment: "instant" });
  return { at: loaded, cells: [id, seconds, String(dateKey(at === null ? null : dayOf(at))), at, keyOfPointer(run, "dim_log_closed", to), loaded] };
}

/** When the window of the run begins that follows this one: so many days before the newest row that it loaded. */
function windowAfter(run: number): Instant {
  return `${shifted(latestDay(run), -LOOKBACK)}${latestLoad(run).slice(10)}`;
}
