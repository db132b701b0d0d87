import { collapsedMembers } from "../../../evaluate/collapse.ts";
import { keyText } from "../../../evaluate/members.ts";
import { livesInSnapshot, livesOf, type Life } from "../../../evaluate/lives.ts";
import type { Tables } from "../../../evaluate/rows.ts";
import { attempt } from "../../../evaluate/value.ts";
import { memberOf, versionsOf, type Member, type Version } from "../../../evaluate/versions.ts";
import { rowAttributes } from "../../../model/attributes.ts";
import type { DimensionHistory, EntityDimension } from "../../../model/dimension.ts";
import type { Project } from "../../../model/project.ts";
import { expectedMembers, expectedVersions, finalRows, referencedInput } from "./dimension-rows.ts";
import { joinedTables } from "./joined-tables.ts";
import { baseColumns, groupsIn, type RoleSource } from "./roles.ts";
import { all, firstDayFor, givenRows, GROUPS, payloadValues, scriptedValues, spanColumns, type ScriptColumn, type ScriptRow } from "./script.ts";
import { changeScript, collapseScript, distinctScript, extractScript, memberScript, profileScript, snapshotScript } from "./scripts.ts";
import { isPlainTest, type UnitTest } from "./unit-test.ts";

/**
 * The unit tests of a dimension and of the models below it: how rows that share a key become one, what attributes follow from, and how what is known of the past becomes versions or
 * is remembered. Rows stand on the edges of each rule; what must come of them follows from the spec, not from the SQL under test. None where nothing of
 * the kind happens, or where an expression or a zone cannot be computed without a warehouse.
 */
export function dimensionTests(dimension: EntityDimension, project: Project): readonly UnitTest[] {
  const { profileOf } = dimension;
  if (profileOf !== null) return made(() => profileTest(dimension, profileOf, project));
  const below = dimension.joinedHistories.flatMap(({ versions }) => dimensionTests(versions, project));
  return [...below, ...[rowTest, historyTest, snapshotTest, versionTest].flatMap((test) => made(() => test(dimension, project)))];
}

/** A test, where all of it can be computed and something is expected. */
function made(compute: () => UnitTest | null): readonly UnitTest[] {
  const test = attempt(compute);
  return "value" in test && test.value !== null && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

/** One row per key, or attributes that are worked out: in the dimension itself, or in the rows that a snapshot looks at. */
function rowTest(dimension: EntityDimension, project: Project): UnitTest | null {
  const { collapse, models, rows } = dimension;
  const isSnapshot = dimension.history.kind === "snapshot";
  const isPlain = collapse === null && rows.joins.length === 0 && rows.where === null && rowAttributes(dimension).every((one) => one.value.kind === "column");
  if (isPlain || !(isSnapshot || dimension.history.kind === "current")) return null;
  const sequence = collapse?.kind === "keep" ? collapse.order.map((one) => one.value) : [];
  const script = collapse === null ? memberScript : collapse.kind === "keep" ? collapseScript : distinctScript;
  const tables = tablesFor(dimension, { time: null, sequence, isDelete: null }, script);
  const members = collapsedMembers(dimension, tables);
  const model = isSnapshot ? models.joined ?? dimension.name : dimension.name;
  return {
    name: `${model}_${collapse === null ? "works_out_its_attributes" : "keeps_one_row_per_key"}`,
    description: collapse === null ? `Rows of ${dimension.name}, and the attributes that follow from them.` : `Rows of ${dimension.name} that share a key, and which of them is kept.`,
    model,
    given: isSnapshot ? inputsOf(dimension, tables) : [...inputsOf(dimension, tables), ...referencedInput(dimension)],
    expected: isSnapshot ? expectedMembers(members, { ...dimension, attributes: rowAttributes(dimension), deletes: "close" }) : finalRows(members, dimension, project),
  };
}

/** Every combination of values once, whoever had it and when; reserved rows of the table behind it are none. */
function profileTest(dimension: EntityDimension, history: string, project: Project): UnitTest {
  const columns = memberColumns(dimension, dimension.attributes);
  const rows = scriptedValues(profileScript(groupsIn(columns)), columns);
  const reserved = ["-1", "-2"].map((code) => new Map([[dimension.columns.key, code], ...dimension.attributes.map((one): [string, string | null] => [one.name, code === "-1" ? one.unknownLabel : one.notApplicableLabel])]));
  const members = new Map(rows.map((values): [string, Member] => [keyText([...values.values()]), { key: [], values, isDeleted: false }]));
  return {
    name: `${dimension.name}_keeps_one_row_per_combination`,
    description: `Combinations of values that members had, and each of them once.`,
    model: dimension.name,
    given: [{ input: `ref('${history}')`, rows: givenRows([...rows.map((values, index) => new Map([[dimension.columns.key, `profile_${index + 1}`], ...values])), ...reserved]) }],
    expected: finalRows([...members.values()], dimension, project),
  };
}

/** What a history tells: versions, or what is remembered of members. */
function historyTest(dimension: EntityDimension, project: Project): UnitTest | null {
  const { history, models } = dimension;
  const times = timesOf(history);
  const model = dimension.isMerged ? dimension.name : models.versioned;
  if (model === null || times === null) return null;
  const hasDeletes = history.kind === "events" && history.isDelete !== null;
  const hasTies = dimension.ties.length > 0;
  const tables = tablesFor(dimension, times, (groups) => (history.kind === "extracts" ? extractScript(groups, hasTies) : changeScript(groups, hasDeletes, hasTies)));
  const lives = livesOf(dimension, tables);
  return {
    name: `${model}_follows_history`,
    description: `What is said of members of ${dimension.name} over time, and the ${dimension.scdType === 2 ? "versions" : "values"} that follow.`,
    model,
    ...(dimension.isMerged ? { run: "first" as const } : {}),
    given: inputsOf(dimension, tables),
    expected: dimension.isMerged ? finalRows(versionsIn(lives, dimension), dimension, project) : dimension.scdType === 2 ? expectedVersions(versionsIn(lives, dimension), dimension) : expectedMembers(membersIn(lives, dimension), dimension),
  };
}

/** What a snapshot recorded: the dimension reads it itself. */
function snapshotTest(dimension: EntityDimension, project: Project): UnitTest | null {
  const { history } = dimension;
  if (history.kind !== "snapshot") return null;
  const attributes = rowAttributes(dimension);
  const columns = [...memberColumns(dimension, attributes), ...spanColumns(firstDayFor(dimension), "dbt_")];
  const rows = scriptedValues(snapshotScript(groupsIn(columns)), columns);
  const lives = livesInSnapshot(dimension, rows);
  return {
    name: `${dimension.name}_follows_its_snapshot`,
    description: `Rows of ${history.snapshot}, and the ${dimension.scdType === 2 ? "versions" : "members"} that follow.`,
    model: dimension.name,
    given: [{ input: `ref('${history.snapshot}')`, rows: givenRows(rows) }, ...referencedInput(dimension)],
    expected: finalRows(dimension.scdType === 2 ? versionsIn(lives, dimension) : membersIn(lives, dimension), dimension, project),
  };
}

/** From when to when versions are shown: the first of a member, those that others follow, and the one that holds. */
function versionTest(dimension: EntityDimension, project: Project): UnitTest | null {
  const model = dimension.models.versioned;
  if (dimension.scdType !== 2 || model === null || dimension.columns.key === "") return null;
  const columns = memberColumns(dimension, dimension.attributes);
  const versions = givenVersions(dimension, columns);
  return {
    name: `${dimension.name}_shows_versions_from_when_to_when`,
    description: `Versions of members, and the spans that ${dimension.name} gives them.`,
    model: dimension.name,
    given: [{ input: `ref('${model}')`, rows: expectedVersions(versions, dimension) }, ...referencedInput(dimension)],
    expected: finalRows(versions, dimension, project),
  };
}

/** Two that began before the calendar, two with a gap between them, and one that holds. */
function givenVersions(dimension: EntityDimension, columns: readonly ScriptColumn[]): readonly Version[] {
  const early = -3_786_825_600_000_000n;
  const [start, day] = [1_704_067_200_000_000n, 86_400_000_000n];
  const spans = [
    { member: 0, state: 0, from: early, to: 0n },
    { member: 0, state: 1, from: 0n, to: null },
    { member: 1, state: 0, from: start, to: start + day },
    { member: 1, state: null, from: start + day + day, to: start + day + day + day },
    { member: 2, state: 1, from: start, to: null },
  ];
  return scriptedValues(spans.map(({ member, state }): ScriptRow => ({ member, at: null, state: all(state) })), columns).map((values, index) => ({
    key: dimension.naturalKey.map((one) => values.get(one.name) ?? null),
    values,
    from: spans[index]?.from ?? 0n,
    to: spans[index]?.to ?? null,
    isDeleted: dimension.deletes === "tombstone" && index === 3,
  }));
}

/** Rows that a script gives all tables of a dimension, its base in the roles that the dimension reads it by. */
export function tablesFor(dimension: EntityDimension, roles: RoleSource, script: (groups: number) => readonly ScriptRow[]): Tables {
  const columns = baseColumns(dimension, roles);
  const filters = columns.some(({ role }) => role.kind === "filter");
  const rows = script(groupsIn(columns)).filter((one) => filters || one.isFiltered !== true);
  const reading = { rows: dimension.rows, read: rowAttributes(dimension).map((one) => one.value), timed: dimension.joinedHistories.map((one) => one.alias), firstDay: firstDayFor(dimension) };
  return joinedTables(reading, scriptedValues(rows, columns));
}

/** The times by which a dimension reads its history; null where it reads none. */
export function timesOf(history: DimensionHistory): RoleSource | null {
  switch (history.kind) {
    case "events": return { time: history.effectiveAt, sequence: history.sequence, isDelete: history.isDelete };
    case "extracts": return { time: history.extractDate, sequence: [], isDelete: null };
    case "current":
    case "snapshot": return null;
  }
}

/** Rows of all tables of a dimension, as dbt is given them. */
export function inputsOf({ rows }: EntityDimension, tables: Tables): UnitTest["given"] {
  return [rows.base, ...rows.joins.map((one) => one.input)].map(({ alias, reference }) => ({ input: `ref('${reference.model}')`, rows: givenRows(tables.get(alias) ?? []) }));
}

function memberColumns(dimension: EntityDimension, attributes: EntityDimension["attributes"]): readonly ScriptColumn[] {
  const keys = dimension.naturalKey.map(({ name, type }, part): ScriptColumn => ({ name, type, role: { kind: "key", part, parts: dimension.naturalKey.length } }));
  return [...keys, ...attributes.map(({ name, type }, index): ScriptColumn => ({ name, type, role: { kind: "payload", group: index % GROUPS, values: payloadValues(type, []) } }))];
}

function versionsIn(lives: readonly Life[], dimension: EntityDimension): readonly Version[] {
  return lives.flatMap((life) => versionsOf(life, dimension));
}

function membersIn(lives: readonly Life[], dimension: EntityDimension): readonly Member[] {
  return lives.flatMap((life) => memberOf(life, dimension) ?? []);
}
