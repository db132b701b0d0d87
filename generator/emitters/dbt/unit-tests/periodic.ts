import { moved, truncate } from "../../../evaluate/calendar.ts";
import { closedPeriods, type PeriodMeasure } from "../../../evaluate/periods.ts";
import { joinedRows } from "../../../evaluate/rows.ts";
import { dayOf, dayText, instantFromText, instantText } from "../../../evaluate/time.ts";
import { attempt, fail, type Day, type Value } from "../../../evaluate/value.ts";
import { instantIn } from "../../../evaluate/zone.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import { PERIODS, type Fact, type Measure, type PeriodicSnapshot } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { LogicalType } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import { keyValue } from "./cleaning.ts";
import { givenDimensions, toldAlike } from "./fact.ts";
import { memberValue, versionStarts } from "./fact-rows.ts";
import { factValues } from "./fact-values.ts";
import { joinedTables } from "./joined-tables.ts";
import { membersOf, type GivenMember } from "./members.ts";
import { filtersBeside, literalsFor } from "./roles.ts";
import { FIRST_DAY, givenRows, keyPart, known, payloadValues, typed, type State } from "./script.ts";
import { firstRun, isPlainTest, type UnitTest } from "./unit-test.ts";

/** A row of the source: of what, in which period at its first or last moment, its place among rows of one moment, and what it tells. */
interface Told {
  readonly entity: number;
  readonly period: number;
  readonly at: "first" | "last";
  readonly order: number;
  readonly state: State;
  readonly isFiltered?: boolean;
}

/** The period that is not over. */
const OPEN = 4;

/** Two rows in a period, none in the next, one that tells nothing, two at one moment and nothing after them; something that begins later; something new. */
const script: readonly Told[] = [
  { entity: 0, period: 0, at: "first", order: 1, state: 0 },
  { entity: 0, period: 0, at: "last", order: 2, state: 1 },
  { entity: 0, period: 0, at: "last", order: 3, state: 2, isFiltered: true },
  { entity: 0, period: 2, at: "first", order: 4, state: null },
  { entity: 0, period: 3, at: "first", order: 6, state: 0 },
  { entity: 0, period: 3, at: "first", order: 5, state: 1 },
  { entity: 0, period: 3, at: "last", order: 7, state: null },
  { entity: 0, period: OPEN, at: "first", order: 8, state: 1 },
  { entity: 1, period: 1, at: "last", order: 9, state: 0 },
  { entity: 2, period: OPEN, at: "first", order: 10, state: 0 },
];

/**
 * The unit test of a periodic snapshot: rows at the edges of periods of the project's zone, periods without a row, two rows of one moment, a period that is not over,
 * and what the spec makes of them. None where a time, a measure or a key cannot be computed without a warehouse.
 */
export function periodicTest(fact: Fact, design: Design): readonly UnitTest[] {
  const { periodic } = fact;
  if (periodic === null) return [];
  const test = attempt(() => testOf(fact, periodic, membersOf(fact, design), design));
  return "value" in test && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

function testOf(fact: Fact, periodic: PeriodicSnapshot, members: readonly GivenMember[], design: Design): UnitTest {
  const { rows } = fact;
  const { project } = design.model;
  const measures = fact.measures.flatMap(({ name, type, value, ratio }): PeriodMeasure[] => (value.kind === "period" && ratio === null ? [{ name, type, value }] : []));
  const read = [periodic.time, ...periodic.ties, ...periodic.entity.map((one) => one.value), ...measures.map((one) => one.value.expression), ...(rows.where === null ? [] : [rows.where])];
  const columns = [...new Map([...read, ...rows.joins.flatMap((join) => join.on.map((one) => one.left))].flatMap(columnsOf).flatMap((one) => (one.input === rows.base.alias ? [[one.name, one] as const] : []))).values()];
  const value = valueIn(fact, periodic, { read, members, project });
  const cells = columns.map((one) => [one.name, value(one)] as const);
  const told = script.filter((one) => rows.where !== null || one.isFiltered !== true).map((row) => new Map(cells.map(([name, cell]) => [name, cell(row)])));
  const tables = joinedTables({ rows, read, timed: [], firstDay: FIRST_DAY }, told);
  const asOf = instantText(instantIn(startOf(OPEN, periodic, project), project.timezone));
  const periods = closedPeriods(periodic, measures, joinedRows(rows, tables), { timezone: project.timezone, run: instantFromText(asOf) });
  const expected = toldAlike(periods.flatMap((period) => {
    const values = factValues(({ input, name }) => (input === PERIODS ? period.get(name) ?? null : null), ofPeriods(fact), members, project);
    return values === null || values === "filtered" ? [] : [{ expected: [values] }];
  }));
  return {
    name: `${fact.name}_closes_its_periods`,
    description: `Rows at the edges of periods, and what ${fact.name} holds at the end of each ${periodic.period} that is over.`,
    model: fact.name,
    ...firstRun(fact.name, design),
    ...(periodic.through === "run" ? { asOf } : {}),
    given: [
      { input: `ref('${rows.base.reference.model}')`, rows: givenRows(told) },
      ...rows.joins.map(({ input }) => ({ input: `ref('${input.reference.model}')`, rows: givenRows(tables.get(input.alias) ?? []) })),
      ...givenDimensions(members),
    ],
    expected: givenRows(expected.flatMap((one) => one.expected)),
  };
}

/** The fact as it follows from its periods, which hold what was measured. */
function ofPeriods(fact: Fact): Fact {
  const measures = fact.measures.map((one): Measure => (one.value.kind === "period" ? { ...one, value: { kind: "row", expression: { kind: "column", input: PERIODS, name: one.name, type: one.type } } } : one));
  return { ...fact, rows: { ...fact.rows, where: null }, measures };
}

/** The first day of the n-th period; in the second one, of days, the member that is given has its first version. */
function startOf(period: number, periodic: PeriodicSnapshot, project: Project): Day {
  const before: Day = { kind: "day", day: versionStarts(project)[0] - 1 };
  return dayOf(moved(periodic.period, BigInt(period), truncate(periodic.period, before)));
}

/** The first or last moment of a period, as canonical text. */
function momentText({ period, at }: Told, type: LogicalType, periodic: PeriodicSnapshot, project: Project): string {
  const first = startOf(at === "first" ? period : period + 1, periodic, project);
  if (type.kind === "date") return dayText(at === "first" ? first : { kind: "day", day: first.day - 1 });
  const { micros } = instantIn(first, type.kind === "timestamp" ? project.timezone : "UTC");
  return instantText({ kind: "instant", micros: at === "first" ? micros : micros - 1n });
}

/** The values of a column in rows of the source, by the first role that it has: what is followed, time, order, filter, else what the row tells. */
function valueIn({ rows, measures }: Fact, periodic: PeriodicSnapshot, { read, members, project }: { readonly read: readonly Expression[]; readonly members: readonly GivenMember[]; readonly project: Project }): (column: ColumnReference) => (row: Told) => Value {
  const plain = (value: Expression): ColumnReference => (value.kind === "column" && value.input === rows.base.alias ? value : fail("not a column of the source"));
  const entity = periodic.entity.map((one) => ({ name: plain(one.value).name, isReference: members.some(({ foreignKey }) => foreignKey.lookup.on.some(({ value }) => value.kind === "column" && value.name === one.name)) }));
  const time = plain(periodic.time).name;
  const ties = periodic.ties.map((one) => plain(one).name);
  const filters = filtersBeside([...entity.map((one) => one.name), time, ...ties], rows);
  const measured = new Set(measures.flatMap((one) => columnsOf(one.value.expression)).map((one) => one.name));
  return ({ name, type }) => {
    const part = entity.findIndex((one) => one.name === name);
    const filter = filters.get(name);
    const values = payloadValues(type, literalsFor(name, read)).filter((one) => one !== filter?.fails);
    const textOf = (row: Told): string | null => {
      const number = keyPart(row.entity, part, entity.length);
      if (part >= 0) return known(entity[part]?.isReference === true ? memberValue(type, number) ?? null : keyValue(type, number));
      if (name === time) return momentText(row, type, periodic, project);
      if (ties.includes(name)) return known(keyValue(type, row.order));
      if (filter !== undefined && (row.isFiltered === true || !measured.has(name))) return row.isFiltered === true ? filter.fails : filter.passes;
      return row.state === null ? null : values[row.state % Math.max(values.length, 1)] ?? null;
    };
    return (row) => typed(textOf(row), type);
  };
}
