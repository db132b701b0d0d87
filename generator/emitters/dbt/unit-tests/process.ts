import { processesOf } from "../../../evaluate/processes.ts";
import { attempt, fail, type Value } from "../../../evaluate/value.ts";
import type { Fact, MilestoneEvents } from "../../../model/fact.ts";
import { carriedColumns, rowExpressions } from "../../../model/fact-reads.ts";
import type { Project } from "../../../model/project.ts";
import type { LogicalType } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import { keyValue } from "./cleaning.ts";
import { givenDimensions, toldAlike } from "./fact.ts";
import { memberValue, times } from "./fact-rows.ts";
import { sourceRow } from "./fact-tables.ts";
import { factValues } from "./fact-values.ts";
import { joinedTables } from "./joined-tables.ts";
import { membersOf, type GivenMember } from "./members.ts";
import { FIRST_DAY, givenRows, known, payloadValues, typed, type State } from "./script.ts";
import { firstRun, isPlainTest, type UnitTest } from "./unit-test.ts";

/** An event: of which process, which milestone it tells of (null: none), when it says that was (see `times`; null: it withdraws it), and its place in the order. */
interface EventRow {
  readonly process: number;
  readonly milestone: number | null;
  readonly at: number | null;
  readonly order: number;
  readonly state: State;
}

/**
 * The unit test of an accumulating snapshot that is made of events: milestones in order, told anew earlier and later, withdrawn, never reached; other columns
 * as some of the events tell them. None where events are not that of one table, or a lookup or measure cannot be computed without a warehouse.
 */
export function processTest(fact: Fact, design: Design): readonly UnitTest[] {
  const { events } = fact;
  if (events === null) return [];
  const test = attempt(() => testOf(fact, events, membersOf(fact, design), design));
  return "value" in test && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

function testOf(fact: Fact, events: MilestoneEvents, members: readonly GivenMember[], design: Design): UnitTest {
  const { rows } = fact;
  const columns = [...new Map([...events.process, { name: events.type, type: text }, events.time, ...events.order, ...carriedColumns(fact)].map((one) => [one.name, one])).values()];
  const value = valueIn(fact, events, members, design.model.project);
  const told = script(events.milestones.length).map((row) => new Map(columns.map((one) => [one.name, value(one, row)])));
  const processes = processesOf(events, carriedColumns(fact).map((one) => one.name), told);
  const tables = joinedTables({ rows, read: rowExpressions(fact), timed: [], firstDay: FIRST_DAY }, processes.map((one) => one.row));
  const made = toldAlike(processes.flatMap(({ row, events: own }) => {
    const joined = sourceRow(row, fact, tables);
    const values = joined === null ? "filtered" : factValues(joined, fact, members, design.model.project);
    return values === null ? [] : [{ own, expected: values === "filtered" ? [] : [values] }];
  }));
  return {
    name: `${fact.name}_takes_the_newest_of_events`,
    description: `Events of ${fact.name}, and the milestones, keys and measures that follow from the newest of each type.`,
    model: fact.name,
    ...firstRun(fact.name, design),
    given: [
      { input: `ref('${rows.base.reference.model}')`, rows: givenRows(made.flatMap((one) => one.own)) },
      ...rows.joins.map(({ input }) => ({ input: `ref('${input.reference.model}')`, rows: givenRows(tables.get(input.alias) ?? []) })),
      ...givenDimensions(members),
    ],
    expected: givenRows(made.flatMap((one) => one.expected)),
  };
}

const text: LogicalType = { kind: "string" };

/** All milestones in order; told anew (earlier), withdrawn; told anew (later), and something else that happened; nothing but that. */
function script(milestones: number): readonly EventRow[] {
  return [
    ...Array.from({ length: milestones }, (_, index): EventRow => ({ process: 0, milestone: index, at: index % 5, order: index + 1, state: index === 0 ? 0 : null })),
    { process: 1, milestone: 0, at: 1, order: 2, state: 1 },
    { process: 1, milestone: 0, at: 3, order: 1, state: 0 },
    { process: 1, milestone: 1, at: null, order: 4, state: null },
    { process: 1, milestone: 1, at: 2, order: 3, state: null },
    { process: 2, milestone: 0, at: 1, order: 1, state: 0 },
    { process: 2, milestone: 0, at: 2, order: 2, state: 1 },
    { process: 2, milestone: null, at: 4, order: 3, state: 0 },
    { process: 3, milestone: null, at: 4, order: 1, state: null },
  ];
}

/** The value of a column in an event, by the first role that it has: process, type, time, order, reference, else anything. */
function valueIn({ foreignKeys }: Fact, { process, type, time, order, milestones }: MilestoneEvents, members: readonly GivenMember[], project: Project): (column: { readonly name: string; readonly type: LogicalType }, row: EventRow) => Value {
  const moments = times(time.type.kind === "date", project);
  const other = `not ${milestones.map((one) => one.event).join(" or ")}`;
  const references = new Set(members.flatMap((one) => one.foreignKey.lookup.on.flatMap(({ value }) => (value.kind === "column" ? [value.name] : []))));
  const computed = foreignKeys.some(({ lookup }) => lookup.kind === "inherited" || lookup.kind === "combination");
  if (computed) return fail("keys that are looked up otherwise");
  return (column, row) => {
    const textOf = (): string | null => {
      if (process.some((one) => one.name === column.name)) return known(keyValue(column.type, row.process));
      if (column.name === type) return row.milestone === null ? other : milestones[row.milestone]?.event ?? fail("no such milestone");
      if (column.name === time.name) return row.at === null ? null : moments[row.at] ?? null;
      if (order.some((one) => one.name === column.name)) return known(keyValue(column.type, row.order + 4 * row.process));
      if (row.state === null) return null;
      if (references.has(column.name)) return memberValue(column.type, row.state === 0 ? 0 : 1) ?? fail("no such key");
      const values = payloadValues(column.type, []);
      return values[row.state % Math.max(values.length, 1)] ?? null;
    };
    return typed(textOf(), column.type);
  };
}
