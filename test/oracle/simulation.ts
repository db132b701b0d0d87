import { factRows } from "./fact-rows.ts";
import type { FactRow } from "./fact-rows.ts";
import { pointed } from "./interpreter/facts.ts";
import type { Lookup } from "./interpreter/facts.ts";
import { grouped } from "./interpreter/groups.ts";
import { joinedTimeline, joinedToday } from "./interpreter/joined.ts";
import { currentRows, timelinesOfExtracts, timelinesOfLog, timelinesOfRuns } from "./interpreter/timeline.ts";
import type { Dimension, Instant, Key, Timeline, Version } from "./interpreter/types.ts";
import { stubsOf, versionsOf } from "./interpreter/versions.ts";
import { memberNumber, memberParts, placeNumber, shareParts, siteParts, stakeParts } from "./keys.ts";
import { extractDates, loadsOf, runInstant, shifted, startOfDay } from "./sources.ts";
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
  readonly points: (row: FactRow, fact: Pick<TestedFact, "time">, to: Tested, lookup: Lookup) => Pointer;
  /** The same after each of its runs, the last one included. */
  readonly runs: () => readonly Simulated[];
}

/** Plays a stream; what nobody asks for is not worked out. */
export function simulated(played: Played): Simulated {
  const versions = remembering((name) => dimensionRows(dimensionNamed(name), played, rows));
  const rows = remembering((name) => factRows(factNamed(name), played));
  const members = remembering((name) => grouped(versions(name), (one) => JSON.stringify(one.key)));
  let all: readonly Simulated[] | null = null;
  const self: Simulated = {
    played, versions, rows,
    points(row, fact, to, lookup) {
      const named = to.table === "places" || to.table === "sites" ? row.place : row.member;
      const key = named === null ? to.key.map(() => null) : keyOf(to.table, played.number, named);
      const found = pointed(members(to.name).get(JSON.stringify(key)) ?? [], key, momentOf(row, fact, lookup), lookup);
      return found === "unknown" ? "-1" : found === "not applicable" ? "-2" : found;
    },
    runs: () => (all ??= [...played.runs.slice(0, -1).map((_, position) => simulated({ ...played, runs: played.runs.slice(0, position + 1) })), self]),
  };
  return self;
}

/** The key of whatever a row names by its number in the stream, in a table. */
export function keyOf(table: Tested["table"], number: number, named: number): Key {
  const text = (one: number | null) => (one === null ? null : String(one));
  switch (table) {
    case "members":
      return [text(memberNumber(number, named))];
    case "pairs":
      return memberParts(number, named);
    case "places":
      return [text(placeNumber(number, named))];
    case "sites":
      return siteParts(number, named);
    case "shares":
      return shareParts(number, named).map(text);
    case "stakes":
      return stakeParts(number, named);
    default:
      throw new Error(`unknown table ${String(table satisfies never)}`);
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
  const named = rows("fct_sales").flatMap((sale) => (sale.member === null ? [] : [keyOf(tested.table, played.number, sale.member)]));
  return [...known, ...stubsOf(known, named, tested.dimension)];
}

function timelines(played: Played, tested: Tested): readonly Timeline[] {
  const own = ownTimelines(played, tested.kind, tested.table, tested.dimension.deletes);
  const { places } = tested;
  if (places === undefined) return own;
  if (places.holds === "then") {
    const others = ownTimelines(played, places.kind, "places", "close");
    // A snapshot looks at rows that are joined already: both are known from the same runs on.
    return own.map((one) => joinedTimeline(one, "place_id", others, ["street"]));
  }
  const rows = loadsOf(played.stream, played.number)[played.runs.at(-1) ?? 0]?.places ?? [];
  const today = new Map(currentRows(rows.map((row) => ({ ...row, key: keyOf("places", played.number, row.member) }))).map((row) => [row.key[0] ?? null, row.values]));
  return own.map((one) => joinedToday(one, "place_id", today, ["street"]));
}

/** What a source of a kind of history says of the members of a table. */
export function ownTimelines({ stream, number, runs }: Played, kind: Kind, table: Tested["table"], deletes: Dimension["deletes"]): readonly Timeline[] {
  const load = runs.at(-1) ?? 0;
  const all = loadsOf(stream, number);
  const loads = all.slice(0, load + 1);
  const keyed = <Row extends { readonly member: number }>(row: Row) => ({ ...row, key: keyOf(table, number, row.member) });
  const told = (one: Load): readonly ToldRow[] | null => toldOf(one, table);
  switch (kind) {
    case "log":
      return timelinesOfLog(loads.flatMap((one) => (told(one)?.map((row) => ({ ...row, ...row.log })) ?? one.log).map(keyed)), deletes);
    case "state":
      return timelinesOfRuns(runs.map((run) => ({ at: runInstant(run), rows: all.slice(run, run + 1).flatMap((one) => (told(one) ?? one.state).map(keyed)) })));
    case "extract":
      return timelinesOfExtracts(loads.flatMap((one) => (told(one)?.flatMap((row) => (row.extract === null ? [] : [{ ...row, ...row.extract }])) ?? one.extract).map(keyed)), extractDates(load).map(startOfDay));
    default:
      throw new Error(`unknown kind ${String(kind satisfies never)}`);
  }
}

/** Rows that all kinds of sources tell; null of members, each kind of whom has rows of its own. */
function toldOf(load: Load, table: Tested["table"]): readonly ToldRow[] | null {
  switch (table) {
    case "members":
    case "pairs":
      return null;
    case "places":
    case "sites":
    case "shares":
      return load[table];
    case "stakes":
      return load.shares;
    default:
      throw new Error(`unknown table ${String(table satisfies never)}`);
  }
}

function momentOf(row: FactRow, fact: Pick<TestedFact, "time">, lookup: Lookup): Instant | null {
  if (fact.time === "at") return row.at;
  if (row.on === null) return null;
  return startOfDay(lookup.moment === "end_of_day" ? shifted(row.on, 1) : row.on);
}
