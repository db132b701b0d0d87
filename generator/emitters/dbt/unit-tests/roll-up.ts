import { aggregated } from "../../../evaluate/aggregate.ts";
import { castValue } from "../../../evaluate/cast.ts";
import { evaluate, evaluateExpression } from "../../../evaluate/expression.ts";
import { keyText } from "../../../evaluate/members.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { attempt, fail, type Value } from "../../../evaluate/value.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import { rowExpressions } from "../../../model/fact-reads.ts";
import type { Fact, Measure } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { keyValue } from "./cleaning.ts";
import { givenDimensions, toldAlike } from "./fact.ts";
import { memberValue, times } from "./fact-rows.ts";
import { sourceRow } from "./fact-tables.ts";
import { factTimes, factValues } from "./fact-values.ts";
import { columnsOfFact, givenHeld, heldKeys, withAttributes, type HeldKey } from "./held-members.ts";
import { joinedTables } from "./joined-tables.ts";
import { membersOf, type GivenMember } from "./members.ts";
import { filtersBeside, literalsFor } from "./roles.ts";
import { FIRST_DAY, givenRows, known, payloadValues, typed, type State } from "./script.ts";
import { firstRun, isPlainTest, type UnitTest } from "./unit-test.ts";

/** A row of the source: which group it belongs to, and the values of what is aggregated. */
interface Told {
  readonly group: number;
  readonly state: State;
  readonly isFiltered?: boolean;
}

/** A group with a value twice, another one, none, and a row that is filtered out; one with two more; one without values and without members. */
const script: readonly Told[] = [
  { group: 0, state: 0 },
  { group: 0, state: 0 },
  { group: 0, state: 1 },
  { group: 0, state: null },
  { group: 0, state: 2, isFiltered: true },
  { group: 1, state: 2 },
  { group: 1, state: 3 },
  { group: 2, state: null },
];

/**
 * The unit test of a roll-up: rows of its source that belong together, values that occur twice or not at all, and what the spec makes of them. None where a
 * measure or a key cannot be computed without a warehouse.
 */
export function rollUpTest(fact: Fact, design: Design): readonly UnitTest[] {
  if (!fact.rollup) return [];
  const test = attempt(() => testOf(fact, membersOf(fact, design), heldKeys(fact, design.model), design));
  return "value" in test && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

function testOf(fact: Fact, members: readonly GivenMember[], held: readonly HeldKey[], design: Design): UnitTest {
  const { rows } = fact;
  const value = valueIn(fact, members, held, design);
  const cells = columnsOfSource(fact, held).map((one) => [one.name, value(one)] as const);
  const told = script.filter((one) => rows.where !== null || one.isFiltered !== true).map((row) => new Map(cells.map(([name, cell]) => [name, cell(row)])));
  const tables = joinedTables({ rows, read: rowExpressions(fact), timed: [], firstDay: FIRST_DAY }, told);
  const made = toldAlike(told.flatMap((given) => {
    const joined = sourceRow(given, fact, tables);
    const values = joined === null ? "filtered" : rowValues(withAttributes(joined, held, rows.base.alias), fact, members, design);
    return values === null ? [] : [{ given, expected: values === "filtered" ? [] : [values] }];
  }));
  const dimensions = [...givenHeld(held), ...givenDimensions(members)];
  if (new Set(dimensions.map((one) => one.input)).size < dimensions.length) return fail("a dimension that is taken over and looked up");
  return {
    name: `${fact.name}_adds_up_its_source`,
    description: `Rows of ${rows.base.reference.model} that belong together, and the measures that follow.`,
    model: fact.name,
    ...firstRun(fact.name, design),
    given: [
      { input: `ref('${rows.base.reference.model}')`, rows: givenRows(made.map((one) => one.given)) },
      ...rows.joins.map(({ input }) => ({ input: `ref('${input.reference.model}')`, rows: givenRows(tables.get(input.alias) ?? []) })),
      ...dimensions,
    ],
    expected: givenRows(grouped(made.flatMap((one) => one.expected), fact)),
  };
}

/** The columns of the source that a roll-up reads. */
function columnsOfSource(fact: Fact, held: readonly HeldKey[]): readonly ColumnReference[] {
  const { alias } = fact.rows.base;
  const read = columnsOfFact(fact).filter((one) => one.input === alias);
  const keys = held.map(({ column, type }): ColumnReference => ({ kind: "column", input: alias, name: column, type }));
  return [...new Map([...keys, ...read].map((one) => [one.name, one])).values()];
}

/** What follows from a row of the source alone: its keys, grain and other columns, and under the names of the measures what they aggregate. */
function rowValues(row: Parameters<typeof factValues>[0], fact: Fact, members: readonly GivenMember[], { model }: Design): Values | "filtered" | null {
  const measures = fact.measures.flatMap((one): Measure[] => (one.ratio === null && one.value.kind === "rollup" ? [{ ...one, value: { kind: "row", expression: one.value.expression } }] : []));
  const values = factValues(row, { ...fact, measures }, members, model.project);
  if (values === null || values === "filtered") return values;
  const grain = attempt(() => fact.grain.map((one): [string, Value] => [one.name, castValue(evaluate(one.value, row), one.type)]));
  return "value" in grain ? new Map([...values, ...grain.value, ...factTimes(row, fact)]) : null;
}

/** One row for each group, in the order of their first rows. */
function grouped(rows: readonly Values[], { measures }: Fact): readonly Values[] {
  const names = new Set(measures.map((one) => one.name));
  const groups = new Map<string, Values[]>();
  for (const row of rows) {
    const key = keyText([...row].flatMap(([name, value]) => (names.has(name) ? [] : [value])));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const result = new Map([...(group[0] ?? [])].filter(([name]) => !names.has(name)));
    for (const { name, type, value, ratio } of measures) {
      if (ratio === null && value.kind === "rollup") result.set(name, aggregated(value.aggregation, group.map((one) => one.get(name) ?? null), type));
    }
    for (const { name, value, ratio } of measures) {
      if (ratio === null && value.kind === "derived") result.set(name, derived(value.expression, result));
    }
    return result;
  });
}

/** A measure of measures; within an `attempt`. */
function derived(expression: Expression, row: Values): Value {
  const found = evaluateExpression(expression, (column) => row.get(column.name) ?? null);
  return "value" in found ? found.value : fail(found.failure);
}

/** The values of a column in rows of the source: what groups are told by and what is looked up is the same in a group, all else as the row says. */
function valueIn(fact: Fact, members: readonly GivenMember[], held: readonly HeldKey[], { model }: Design): (column: ColumnReference) => (row: Told) => Value {
  const { rows, foreignKeys, grain, degenerates, eventTime, measures } = fact;
  const named = (all: readonly Expression[]): ReadonlySet<string> => new Set(all.flatMap(columnsOf).flatMap((one) => (one.input === rows.base.alias ? [one.name] : [])));
  const counted = named(grain.map((one) => one.value));
  const references = named(members.flatMap((one) => one.foreignKey.lookup.on.map(({ value }) => value)));
  const moments = named(foreignKeys.flatMap(({ lookup }) => (lookup.kind === "date" || lookup.kind === "time" ? [lookup.value] : lookup.kind === "lookup" && lookup.asOf !== null ? [lookup.asOf.value] : [])));
  const same = named([...degenerates.map((one) => one.value), ...(eventTime === null ? [] : [eventTime.value]), ...rows.joins.flatMap((join) => join.on.map((one) => one.left)), ...foreignKeys.flatMap(({ lookup }) => (lookup.kind === "combination" ? lookup.values.map((one) => one.value) : []))]);
  const measured = named(measures.map((one) => one.value.expression));
  const found = attempt(() => filtersBeside([...held.map((one) => one.column), ...counted, ...references, ...moments, ...same], rows));
  const filters = "value" in found ? found.value : null;
  return ({ name, type }) => {
    const key = held.find((one) => one.column === name);
    if (key !== undefined) return ({ group }) => key.members[group]?.get(key.keyColumn) ?? typed("-2", type);
    const filter = filters?.get(name);
    const values = payloadValues(type, literalsFor(name, rowExpressions(fact))).filter((one) => one !== filter?.fails);
    const textOf = ({ group, state, isFiltered }: Told): string | null => {
      if (filter !== undefined && (isFiltered === true || !measured.has(name))) return isFiltered === true ? filter.fails : filter.passes;
      if (references.has(name)) return group === 2 && !counted.has(name) ? null : known(memberValue(type, group) ?? null);
      if (counted.has(name)) return known(keyValue(type, group));
      if (moments.has(name)) return group === 2 ? null : times(type.kind === "date", model.project)[group * 2 + 1] ?? null;
      const at = same.has(name) ? (group === 2 ? null : group) : state;
      return at === null ? null : values[at % Math.max(values.length, 1)] ?? null;
    };
    return (row) => typed(textOf(row), type);
  };
}
