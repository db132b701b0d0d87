import type { Row } from "../../../evaluate/expression.ts";
import type { Values } from "../../../evaluate/rows.ts";
import type { Fact } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { baseColumns, baseValue, ROWS, valueOf } from "./fact-rows.ts";
import { factValues, measureExpressions } from "./fact-values.ts";
import { membersOf, type GivenMember } from "./members.ts";
import { givenRows } from "./script.ts";
import type { UnitTest } from "./unit-test.ts";

/**
 * The unit test of a fact: base rows at the edges of two versions of each dimension, with a member nobody knows and with none, and values on the edges of
 * their types. Keys and measures that must come of them are computed from the specs, not by the SQL under test. None where nothing is looked up as of a
 * time or computed, or where the rows come of more than one table.
 */
export function factTest(fact: Fact, design: Design): readonly UnitTest[] {
  const members = isPlainFact(fact) ? membersOf(fact, design) : null;
  const timed = fact.foreignKeys.some(({ lookup }) => lookup.kind === "lookup" && lookup.asOf !== null);
  if (members === null || (!timed && measureExpressions(fact).every((one) => one.kind === "column"))) return [];
  const rows = Array.from({ length: ROWS }, (_, index) => baseRow(index, fact, members, design));
  const made = rows.flatMap((given) => {
    const values = given === null ? null : factValues(rowOf(given, fact), fact, members, design.model.project);
    return given === null || values === null ? [] : [{ given, expected: values === "filtered" ? [] : [values] }];
  });
  const expected = givenRows(made.flatMap((one) => one.expected));
  if (rows.includes(null) || expected.length === 0) return [];
  return [
    {
      name: `${fact.name}_looks_up_and_computes`,
      description: "Rows at the edges of versions and types; keys and measures are those that the specs ask for.",
      model: fact.name,
      ...(design.choice("materialisation", fact.name) === "incremental" ? { run: "first" as const } : {}),
      given: [{ input: `ref('${fact.rows.base.reference.model}')`, rows: givenRows(made.map((one) => one.given)) }, ...givenDimensions(members)],
      expected,
    },
  ];
}

/** Whether each row of a fact follows from one row of one table. */
export function isPlainFact({ rollup, events, periodic, rows }: Fact): boolean {
  return !rollup && events === null && periodic === null && rows.joins.length === 0;
}

/** The members that a unit test gives the dimensions of a fact. */
export function givenDimensions(members: readonly GivenMember[]): UnitTest["given"] {
  return [...new Map(members.map((one) => [one.dimension.name, { input: `ref('${one.dimension.name}')`, rows: one.rows }])).values()];
}

/** The n-th row of the base of a fact; null where a type has no edges. */
export function baseRow(index: number, fact: Fact, members: readonly GivenMember[], { model }: Pick<Design, "model">): Values | null {
  const lookback = fact.load.lookback === null ? [] : [fact.load.lookback.loadedAt];
  const columns = baseColumns(fact, [...measureExpressions(fact), ...lookback]);
  const texts = columns.map((one) => ({ one, text: baseValue(one, index, fact, members.map((each) => each.foreignKey), model.project) }));
  if (texts.some(({ text }) => text === undefined)) return null;
  return new Map(texts.map(({ one, text }) => [one.name, valueOf(text ?? null, one.type)]));
}

/** A row of the base alone. */
export function rowOf(values: Values, { rows }: Fact): Row {
  return ({ input, name }) => (input === rows.base.alias ? values.get(name) ?? null : null);
}
