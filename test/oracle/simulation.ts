import { factRows } from "./fact-rows.ts";
import type { FactRow } from "./fact-rows.ts";
import { pointed } from "./interpreter/facts.ts";
import type { Lookup } from "./interpreter/facts.ts";
import { joinedTimeline, joinedToday } from "./interpreter/joined.ts";
import { currentRows, timelinesOfExtracts, timelinesOfLog, timelinesOfRuns } from "./interpreter/timeline.ts";
import type { Instant, Key, Timeline, Version } from "./interpreter/types.ts";
import { stubsOf, versionsOf } from "./interpreter/versions.ts";
import { extractDates, loadsOf, memberNumber, memberParts, placeNumber, runInstant, shareParts, shifted, startOfDay } from "./sources.ts";
import type { Load, ToldRow } from "./sources.ts";
import type { Stream } from "./streams.ts";
import { dimensionNamed, factNamed } from "./tested.ts";
import type { Kind, Tested, TestedFact } from "./tested.ts";

/** A stream, the number in its keys, and the loads that a run followed. */
export interface Played {
  readonly stream: Stream;
  readonly number: number;
  readonly runs: readonly number[];
}

/** What a row points to: a version, nobody known, or nobody. */
export type Pointer = Version | "-1" | "-2";

/** What one stream makes of the tables after the last of its runs. */
export interface Simulated {
  readonly played: Played;
  /** The rows of a dimension, reserved members aside. */
  readonly versions: (dimension: string) => readonly Version[];
  /** The rows of a fact. */
  readonly rows: (fact: string) => readonly FactRow[];
  /** What a row of a fact points to. */
  readonly points: (row: FactRow, fact: TestedFact, to: Tested, lookup: Lookup) => Pointer;
  /** The same after each of its runs, the last one included. */
  readonly runs: () => readonly Simulated[];
}

/** Plays a stream; what nobody asks for is not worked out. */
export function simulated(played: Played): Simulated {
  const versions = remembering((name) => dimensionRows(dimensionNamed(name), played, rows));
  const rows = remembering((name) => factRows(factNamed(name), played));
  let earlier: readonly Simulated[] | null = null;
  return {
    played, versions, rows,
    points(row, fact, to, lookup) {
      const named = to.table === "places" ? row.place : row.member;
      const key = named === null ? to.key.map(() => null) : keyOf(to, played.number, named);
      const found = pointed(versions(to.name), key, momentOf(row, fact, lookup), lookup);
      return found === "unknown" ? "-1" : found === "not applicable" ? "-2" : found;
    },
    runs: () => (earlier ??= played.runs.map((_, position) => simulated({ ...played, runs: played.runs.slice(0, position + 1) }))),
  };
}

/** The key of whatever a row names by its number in the stream, in the table of a dimension. */
export function keyOf(tested: Tested, number: number, named: number): Key {
  const text = (one: number | null) => (one === null ? null : String(one));
  switch (tested.table) {
    case "members":
      return [text(memberNumber(number, named))];
    case "pairs":
      return memberParts(number, named);
    case "places":
      return [text(placeNumber(number, named))];
    case "shares":
      return shareParts(number, named).map(text);
    default:
      throw new Error(`unknown table ${String(tested.table satisfies never)}`);
  }
}

/** Asks for each name once. */
export function remembering<Answer>(ask: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, Answer>();
  return (name) => {
    const found = known.get(name) ?? ask(name);
    known.set(name, found);
    return found;
  };
}

function dimensionRows(tested: Tested, played: Played, rows: (fact: string) => readonly FactRow[]): readonly Version[] {
  const known = versionsOf(timelines(played, tested), tested.dimension);
  if (tested.dimension.stub === undefined) return known;
  const named = rows("fct_sales").flatMap((sale) => (sale.member === null ? [] : [keyOf(tested, played.number, sale.member)]));
  return [...known, ...stubsOf(known, named, tested.dimension)];
}

function timelines(played: Played, tested: Tested): readonly Timeline[] {
  const own = ownTimelines(played, tested.kind, tested);
  const { places } = tested;
  if (places === undefined) return own;
  const other: Tested = { ...tested, table: "places", key: ["place_id"], dimension: { ...tested.dimension, deletes: "close" } };
  if (places.holds === "then") {
    const others = ownTimelines(played, places.kind, other);
    // A snapshot looks at rows that are joined already: both are known from the same runs on.
    return own.map((one) => joinedTimeline(one, "place_id", others, ["street"]));
  }
  const rows = loadsOf(played.stream, played.number)[played.runs.at(-1) ?? 0]?.places ?? [];
  const today = new Map(currentRows(rows.map((row) => ({ ...row, key: keyOf(other, played.number, row.member) }))).map((row) => [row.key[0] ?? null, row.values]));
  return own.map((one) => joinedToday(one, "place_id", today, ["street"]));
}

/** What a source of a kind of history says of the members of a table. */
export function ownTimelines({ stream, number, runs }: Played, kind: Kind, tested: Tested): readonly Timeline[] {
  const load = runs.at(-1) ?? 0;
  const all = loadsOf(stream, number);
  const loads = all.slice(0, load + 1);
  const keyed = <Row extends { readonly member: number }>(row: Row) => ({ ...row, key: keyOf(tested, number, row.member) });
  const told = (one: Load): readonly ToldRow[] | null => (tested.table === "places" || tested.table === "shares" ? one[tested.table] : null);
  switch (kind) {
    case "log":
      return timelinesOfLog(loads.flatMap((one) => (told(one)?.map((row) => ({ ...row, ...row.log })) ?? one.log).map(keyed)), tested.dimension.deletes);
    case "state":
      return timelinesOfRuns(runs.map((run) => ({ at: runInstant(run), rows: all.slice(run, run + 1).flatMap((one) => (told(one) ?? one.state).map(keyed)) })));
    case "extract":
      return timelinesOfExtracts(loads.flatMap((one) => (told(one)?.flatMap((row) => (row.extract === null ? [] : [{ ...row, ...row.extract }])) ?? one.extract).map(keyed)), extractDates(load).map(startOfDay));
    default:
      throw new Error(`unknown kind ${String(kind satisfies never)}`);
  }
}

function momentOf(row: FactRow, fact: TestedFact, lookup: Lookup): Instant | null {
  if (fact.time === "at") return row.at;
  if (row.on === null) return null;
  return startOfDay(lookup.moment === "end_of_day" ? shifted(row.on, 1) : row.on);
}
