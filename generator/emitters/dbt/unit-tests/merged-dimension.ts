import { livesOf } from "../../../evaluate/lives.ts";
import { byMember, columnValues, keyText } from "../../../evaluate/members.ts";
import { whole } from "../../../evaluate/number.ts";
import { joinedRows, type Values } from "../../../evaluate/rows.ts";
import { surrogateKey } from "../../../evaluate/surrogate-key.ts";
import { attempt, fail, type Value } from "../../../evaluate/value.ts";
import { versionsOf } from "../../../evaluate/versions.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { DEFINITION_HASH, SOURCE_ROWS } from "../../../model/member-load.ts";
import type { Design } from "../../../rules/types.ts";
import { definitionOf } from "../dimension/dimension.ts";
import { tableColumns } from "../dimension/properties.ts";
import { finalRows } from "./dimension-rows.ts";
import { inputsOf, tablesFor, timesOf } from "./dimension.ts";
import { all } from "./script.ts";
import { changeScript } from "./scripts.ts";
import { storedSql } from "./stored-rows.ts";
import { isPlainTest, shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a later run of a dimension that is written member by member: a member of whom the log tells nothing new, one of whom it tells more, one that
 * is stored by another definition, a new one, and one of whom the log tells no more. The first keeps its rows, whatever they are; all others are worked out.
 */
export function mergedDimensionTest(dimension: EntityDimension, design: Design): readonly UnitTest[] {
  if (!dimension.isMerged) return [];
  const test = attempt(() => testOf(dimension, design));
  return "value" in test && isPlainTest(test.value) ? [test.value] : [];
}

/** Somebody whom the log tells of, and in how many rows. */
interface Told {
  readonly key: readonly Value[];
  readonly rows: number;
}

function testOf(dimension: EntityDimension, { model: { project }, dialect }: Design): UnitTest {
  const hasDeletes = dimension.history.kind === "events" && dimension.history.isDelete !== null;
  const times = timesOf(dimension.history) ?? fail("no times");
  const tables = tablesFor(dimension, times, (groups) => [...changeScript(groups, hasDeletes, dimension.ties.length > 0), { member: 4, at: 1, sequence: 1, state: all(1) }]);
  const rows = joinedRows(dimension.rows, tables).map((row) => ({ key: [...columnValues(dimension.naturalKey, row).values()] }));
  const told = byMember(rows).map((own): Told => ({ key: own[0]?.key ?? [], rows: own.length }));
  const definition = definitionOf(dimension, project, dialect);
  const [same, more, otherwise] = told;
  if (same === undefined || more === undefined || otherwise === undefined || told.length < 4) return fail("too few members");
  const stored = [
    storedRow(dimension, same, definition),
    storedRow(dimension, { ...more, rows: more.rows - 1 }, definition),
    storedRow(dimension, otherwise, "another"),
    storedRow(dimension, { key: absentKey(dimension, same.key), rows: 1 }, definition),
    ...["-1", "-2"].map((code): UnitRow => ({ [dimension.columns.key]: code, [dimension.columns.durableKey ?? ""]: code })),
  ];
  const touched = livesOf(dimension, tables).filter(({ key }) => keyText(key) !== keyText(same.key)).flatMap((life) => versionsOf(life, dimension));
  const shown = finalRows(touched, dimension, project);
  const keys = [...touched.map((one) => ({ key: surrogateKey([...one.key, { kind: "instant", micros: one.from }]), durable: surrogateKey(one.key) })), ...["-1", "-2"].map((code) => ({ key: code, durable: code }))];
  const counts = [...touched.map(({ key }) => told.find((one) => keyText(one.key) === keyText(key))?.rows ?? null), null, null];
  const final = shown.map((row, index): UnitRow => ({ [dimension.columns.key]: keys[index]?.key ?? null, [dimension.columns.durableKey ?? ""]: keys[index]?.durable ?? null, ...row, [SOURCE_ROWS]: counts[index] ?? null }));
  const replaced = stored.slice(1).map((row): UnitRow => ({ ...Object.fromEntries(Object.keys(final[0] ?? {}).map((name) => [name, null])), [dimension.columns.durableKey ?? ""]: row[dimension.columns.durableKey ?? ""] ?? null }));
  return {
    name: `${dimension.name}_writes_members_that_changed`,
    description: `Members of ${dimension.name} that a later run finds stored, and the rows that it must write; one without a key says whose rows go.`,
    model: dimension.name,
    run: "later",
    given: [...inputsOf(dimension, tables), { input: "this", rows: stored, sql: storedSql(stored, tableColumns(dimension), dialect) }],
    expected: [...final, ...replaced],
  };
}

/** One row of a member, with no values: nothing but the count and the definition tells whether it is out of date. */
function storedRow(dimension: EntityDimension, { key, rows }: Told, definition: string): UnitRow {
  const natural: Values = new Map(dimension.naturalKey.map(({ name }, index) => [name, key[index] ?? null]));
  return {
    [dimension.columns.key]: `stored ${[...natural.values()].map((one) => String(shownValue(one))).join(" ")}`,
    [dimension.columns.durableKey ?? ""]: surrogateKey(key),
    ...Object.fromEntries([...natural].map(([name, value]) => [name, shownValue(value)])),
    [SOURCE_ROWS]: shownValue(whole(rows)),
    [DEFINITION_HASH]: definition,
  };
}

/** The key of somebody of whom the log does not tell. */
function absentKey({ naturalKey }: EntityDimension, key: readonly Value[]): readonly Value[] {
  const last = naturalKey.at(-1);
  if (last === undefined) return fail("no key");
  const value: Value = last.type.kind === "string" ? "nobody" : last.type.kind === "integer" || last.type.kind === "bigint" ? whole(99) : fail("a key that knows no others");
  return [...key.slice(0, -1), value];
}
