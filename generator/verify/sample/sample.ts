import { dayFromText, dayText } from "../../evaluate/time.ts";
import type { SourceTable } from "../../model/source.ts";
import type { Model } from "../../model/types.ts";
import { nextBatch } from "./batch.ts";
import { dependenciesOf } from "./dependencies.ts";
import { seededRandom } from "./random.ts";
import { rawColumns, sharingProblem, togetherText } from "./raw-columns.ts";
import { parentagesOf } from "./parents.ts";
import { sequencesOf } from "./sequences.ts";
import { sharingsOf } from "./shares.ts";
import { rawText } from "../../evaluate/uncleaning.ts";
import type { SampleRow, TableState, Today } from "./state.ts";

/** How much to make, and from which seed. */
export interface SampleOptions {
  readonly seed: number;
  /** Rows of a table on the first day. */
  readonly rows: number;
  readonly days: number;
}

/** One day of sample data. `date` is ISO. */
export interface SampleDay {
  readonly date: string;
  readonly tables: readonly SampleTable[];
}

/** What one table brings on a day: raw texts, in order of the raw columns without those that the loader adds. `whole` where they replace what was there. */
export interface SampleTable {
  readonly table: SourceTable;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly whole: boolean;
}

/** The sample, and what could not be made of it. */
export interface Sample {
  readonly days: readonly SampleDay[];
  readonly problems: readonly string[];
}

/**
 * Raw data that the contracts take, day by day: types, checks, keys and references hold, and what the history of each source allows happens
 * (changes, deletions, returns, late and repeated events). The same seed gives the same data.
 */
export function sampleData(model: Model, { seed, rows, days }: SampleOptions): Sample {
  const states = inOrder(model).map((table): TableState => ({ table, dependencies: dependenciesOf(table.name, model), sequences: sequencesOf(table.name, model), parentages: parentagesOf(table.name, model), sharings: sharingsOf(table.name, model), members: new Map(), decided: new Map(), taken: new Map(), counter: 0, problem: sharingProblem(table) }));
  const random = seededRandom(seed);
  const start = firstDay(model, days);
  const today = (index: number): Today => ({
    day: start + index,
    first: index === 0,
    random,
    variety: Math.max(4, Math.round(rows / 4)),
    stateOf: (name) => states.find((one) => one.table.name === name),
    isReferenced: (name, row) => states.some((one) => refersTo(one, name, row)),
  });
  const made = Array.from({ length: days }, (_, index): SampleDay => {
    const tables = states.map((state): SampleTable => {
      const batch = nextBatch(state, today(index), rows);
      return { ...landed(state.table, batch.rows, today(index)), whole: batch.whole };
    });
    return { date: dayText({ kind: "day", day: start + index }), tables };
  });
  return { days: made, problems: states.flatMap((one) => one.problem ?? []) };
}

/** Raw texts of rows, without the columns that the loader adds. */
function landed(table: SourceTable, rows: readonly SampleRow[], { random }: Today): Pick<SampleTable, "table" | "rows"> {
  const raw = rawColumns(table);
  const texts = rows.map((row) => raw.map(({ columns }) => togetherText(columns.map((column) => rawText(column, row.get(column.name) ?? null, random)?.raw ?? null))));
  return { table, rows: texts };
}

/** Tables after those they refer to; in a circle, as they come. */
function inOrder({ sources }: Model): readonly SourceTable[] {
  const ordered: SourceTable[] = [];
  const pending = [...sources];
  while (pending.length > 0) {
    const at = pending.findIndex((table) => table.references.every(({ to }) => to === table.name || !pending.some((one) => one.name === to)));
    ordered.push(...pending.splice(Math.max(0, at), 1));
  }
  return ordered;
}

function refersTo({ table, members }: TableState, name: string, row: SampleRow): boolean {
  const references = table.references.filter(({ to }) => to === name);
  return references.some(({ columns, toColumns }) => [...members.values()].some((one) => one.alive && columns.every((column, index) => one.row.get(column) === row.get(toColumns[index] ?? ""))));
}

/** How many days before today something may have happened. */
const PAST = 20;

/** A Monday of early spring in the middle of the calendar, or as near as it reaches with the days before it. */
function firstDay({ project }: Model, days: number): number {
  const [from, to] = [dayFromText(project.dates.from)?.day ?? 0, dayFromText(project.dates.to)?.day ?? 0];
  const wanted = dayFromText("2026-03-02")?.day ?? 0;
  return Math.max(from, Math.min(Math.max(wanted, from + PAST), to - days));
}
