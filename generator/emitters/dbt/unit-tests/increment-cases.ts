import { castValue } from "../../../evaluate/cast.ts";
import { edgesOf } from "../../../evaluate/edges.ts";
import { evaluate, type Row } from "../../../evaluate/expression.ts";
import { entryKey, type FactRow } from "../../../evaluate/increments.ts";
import { whole } from "../../../evaluate/number.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { surrogateKey } from "../../../evaluate/surrogate-key.ts";
import { instantFromText } from "../../../evaluate/time.ts";
import { fail, type Value } from "../../../evaluate/value.ts";
import { entriesKeyColumn, keepsDeleted, keepsEntries } from "../../../model/fact-record.ts";
import type { Fact } from "../../../model/fact.ts";
import { isBuiltIn } from "../../../model/names.ts";
import { partitionColumn } from "../../../model/partition.ts";
import type { Design } from "../../../rules/types.ts";
import { computedColumns } from "../fact/columns.ts";
import { valueOf } from "./fact-rows.ts";
import { factTables, givenTables, sourceRow } from "./fact-tables.ts";
import { factTimes, factValues } from "./fact-values.ts";
import type { GivenMember } from "./members.ts";
import type { UnitTest } from "./unit-test.ts";

/** What an earlier run stored of a row, and whether the source still has it; `loaded` is when it loaded the row (null: nobody knows), where that counts. */
export interface Case {
  readonly isGone: boolean;
  readonly loaded: bigint | null;
  readonly stored: (row: FactRow) => readonly FactRow[];
}

/** The tables that a later run reads, what is stored, and the rows that follow from the tables. */
export interface Played {
  readonly given: UnitTest["given"];
  readonly stored: readonly FactRow[];
  readonly computed: readonly FactRow[];
}

/** When rows are loaded that say nothing else. */
const LOADED = instantFromText("2024-03-20 12:00:00")?.micros ?? 0n;
/** As many rows as there are days in a month: a grain may be counted in days. */
const MOST = 31;

/** Columns that an increment compares; `changeable` are those that may come out otherwise for one grain. */
export function comparedNames(fact: Fact, changeable: boolean): readonly string[] {
  const grain = fact.grain.flatMap(({ value }) => (value.kind === "column" ? [value.name] : []));
  const fixed = (name: string): boolean => fact.degenerates.some((one) => one.name === name && one.value.kind === "column" && grain.includes(one.value.name)) || (fact.eventTime?.column === name && grain.includes(name));
  return computedColumns(fact).flatMap((one) => (one.role === "key" || (changeable && fixed(one.name)) ? [] : [one.name]));
}

/** What may have become of rows, by what the fact's load makes of it. */
export function casesOf(fact: Fact): readonly Case[] {
  const row = (stored: Case["stored"], more: Partial<Case> = {}): Case => ({ isGone: false, loaded: LOADED, stored, ...more });
  const as = (change: Values, number = 1, type = "original") => (one: FactRow): FactRow => recorded({ ...one, values: new Map([...one.values, ...change]) }, fact, number, type);
  const same = as(new Map());
  const usual = [row((one) => [same(one)]), row(() => []), row((one) => [same(one)], { isGone: true })];
  const windowed = fact.load.lookback === null ? [] : edgesOfWindow(fact.load.lookback.days).flatMap((loaded) => [row(() => [], { loaded })]);
  const corrected = comparedNames(fact, true).map((name) => row((one) => [as(new Map([[name, otherwise(name, one.values.get(name) ?? null, fact)]]))(one)]));
  if (partitionColumn(fact) !== null && fact.load.strategy === "partition_swap") return partitions(fact, row, as);
  if (keepsEntries(fact)) {
    const [first = ""] = fact.measures.map((one) => one.name);
    const before = (one: FactRow): FactRow => as(new Map([[first, otherwise(first, one.values.get(first) ?? null, fact)]]))(one);
    const taken = (one: FactRow): FactRow => as(new Map(), 2, "reversal")(one);
    return [...usual, row((one) => [as(new Map(), 3, "correction")(one), before(one), taken(one)]), row((one) => [taken(one), same(one)]), row((one) => [same(one), taken(one)], { isGone: true }), ...corrected];
  }
  const marked = as(new Map<string, Value>([["is_deleted", true], ["deleted_at", { kind: "instant", micros: LOADED }]]));
  const deleted = keepsDeleted(fact) ? [row((one) => [marked(one)]), row((one) => [marked(one)], { isGone: true })] : [];
  return [...usual, ...deleted, ...windowed, ...corrected];
}

/** One case after the other, each of a row of its own. */
export function playedOut(cases: readonly Case[], fact: Fact, members: readonly GivenMember[], design: Design): Played {
  const played: { base: Values; row: FactRow; one: Case }[] = [];
  const tables = factTables(MOST, fact, design.model.project);
  const rows = tables.get(fact.rows.base.alias) ?? [];
  let index = 0;
  for (const one of cases) {
    for (let found = false; !found && index < MOST; index += 1) {
      const base = loadedThen(rows[index] ?? fail("no row"), one.loaded, fact);
      const row = rowOf(sourceRow(base, fact, tables), fact, members, design);
      if (row === null) continue;
      played.push({ base, row, one });
      found = true;
    }
  }
  if (played.length < Math.min(cases.length, 3)) return fail("too few rows");
  const there = played.filter(({ one }) => !one.isGone);
  return { given: givenTables(there.map((one) => one.base), fact, tables), computed: there.map((one) => one.row), stored: played.flatMap(({ row, one }) => one.stored(row)) };
}

/** Rows of each kind (see `columnText`): the first kind stays as it is, one of another is corrected, one moved here from where nothing is left, one came late, one is gone. */
function partitions(fact: Fact, row: (stored: Case["stored"], more?: Partial<Case>) => Case, as: (change: Values) => (one: FactRow) => FactRow): readonly Case[] {
  const partition = partitionColumn(fact)?.name ?? "";
  const changed = comparedNames(fact, true).find((one) => one !== partition) ?? fail("nothing to correct");
  const same = row((one) => [as(new Map())(one)]);
  const corrected = row((one) => [as(new Map([[changed, otherwise(changed, one.values.get(changed) ?? null, fact)]]))(one)]);
  const moved = row((one) => [as(new Map([[partition, elsewhere(one.values.get(partition) ?? null) ?? otherwise(partition, one.values.get(partition) ?? null, fact)]]))(one)]);
  const late = row(() => []);
  const gone = row((one) => [as(new Map())(one)], { isGone: true });
  return [same, corrected, moved, late, same, same, same, same, same, same, gone];
}

/** A day that no row is of. */
function elsewhere(value: Value): Value {
  return value !== null && typeof value === "object" && value.kind === "exact" ? whole(20_991_231) : null;
}

/** A row of the base, loaded when a case asks for it. */
function loadedThen(base: Values, loaded: bigint | null, { load: { lookback }, rows }: Fact): Values {
  if (lookback === null) return base;
  const { loadedAt } = lookback;
  if (loadedAt.kind !== "column" || loadedAt.input !== rows.base.alias || (loadedAt.type.kind !== "timestamp" && loadedAt.type.kind !== "timestamp_ntz")) return fail("a load time that is no instant");
  return new Map([...base, [loadedAt.name, loaded === null ? null : { kind: "instant", micros: loaded }]]);
}

/** The row of the fact that follows from a row of its source; null where none does, or not all of it is known here. */
function rowOf(row: Row | null, fact: Fact, members: readonly GivenMember[], { model }: Design): FactRow | null {
  const values = row === null ? null : factValues(row, fact, members, model.project);
  if (row === null || values === null || values === "filtered") return null;
  const all = new Map([...values, ...factTimes(row, fact)]);
  if (!comparedNames(fact, false).every((name) => all.has(name))) return null;
  return { key: surrogateKey(fact.grain.map((one) => castValue(evaluate(one.value, row), one.type))), values: all };
}

/** A row with what the load of its fact records beside it. */
function recorded(row: FactRow, fact: Fact, number: number, type: string): FactRow {
  if (keepsEntries(fact)) return { key: entryKey(row.key, number), values: new Map([...row.values, [entriesKeyColumn(fact), row.key], ["entry_number", whole(number)], ["entry_type", type]]) };
  return keepsDeleted(fact) && !row.values.has("is_deleted") ? { ...row, values: new Map([...row.values, ["is_deleted", false], ["deleted_at", null]]) } : row;
}

/** Another value than that of a column: keys point to a reserved member, all else is NULL where it is something and something where it is NULL. */
function otherwise(name: string, value: Value, fact: Fact): Value {
  const column = computedColumns(fact).find((one) => one.name === name) ?? fail("no such column");
  if (column.role === "foreign_key") {
    const isUnknown = String(shownKey(value)) === "-1";
    return isBuiltIn(column.foreignKey.dimension) ? whole(isUnknown ? -2 : -1) : isUnknown ? "-2" : "-1";
  }
  const [edge] = edgesOf(column.type);
  return value === null ? valueOf(edge ?? fail("a type without edges"), column.type) : null;
}

function shownKey(value: Value): string {
  return value !== null && typeof value === "object" && value.kind === "exact" ? String(value.digits) : String(value);
}

/** Load times of rows that are missing: at the start of a window, just before it, and unknown. */
function edgesOfWindow(days: number): readonly (bigint | null)[] {
  const start = LOADED - BigInt(days) * 86_400_000_000n;
  return [start, start - 1n, null];
}
