import type { Values } from "../../../evaluate/rows.ts";
import { attempt } from "../../../evaluate/value.ts";
import type { Fact } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { rowCount } from "./fact-rows.ts";
import { factTables, givenTables, sourceRow } from "./fact-tables.ts";
import { factValues, measureExpressions } from "./fact-values.ts";
import { membersOf, type GivenMember } from "./members.ts";
import { givenRows } from "./script.ts";
import { firstRun, isPlainTest, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a fact: rows at the edges of two versions of each dimension, with a member nobody knows and with none, at midnights of the project's zone,
 * with and without rows that they join, and values on the edges of their types. Keys and measures that must come of them are computed from the specs, not by
 * the SQL under test. None where nothing is looked up as of a time, joined or computed.
 */
export function factTest(fact: Fact, design: Design): readonly UnitTest[] {
  if (!isPlainFact(fact) || isCopy(fact, design)) return [];
  const test = attempt(() => testOf(fact, membersOf(fact, design), design));
  return "value" in test && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

function testOf(fact: Fact, members: readonly GivenMember[], design: Design): UnitTest {
  const { project } = design.model;
  const tables = factTables(rowCount(fact), fact, project);
  const made = toldAlike((tables.get(fact.rows.base.alias) ?? []).flatMap((given) => {
    const row = sourceRow(given, fact, tables);
    const values = row === null ? "filtered" : factValues(row, fact, members, project);
    return values === null ? [] : [{ given, expected: values === "filtered" ? [] : [values] }];
  }));
  return {
    name: `${fact.name}_looks_up_and_computes`,
    description: "Rows at the edges of versions and types; keys and measures are those that the specs ask for.",
    model: fact.name,
    ...firstRun(fact.name, design),
    given: [...givenTables(made.map((one) => one.given), fact, tables), ...givenDimensions(members)],
    expected: givenRows(made.flatMap((one) => one.expected)),
  };
}

/** Rows with what follows from each of them, but for those of which the warehouse alone knows a column that is known of others. */
export function toldAlike<Made extends { readonly expected: readonly Values[] }>(made: readonly Made[]): readonly Made[] {
  const known = Math.max(...made.flatMap((one) => one.expected).map((one) => one.size));
  return made.filter((one) => one.expected.every((row) => row.size === known));
}

/** Whether each row of a fact follows from one row of one table and those that it refers to. */
export function isPlainFact({ rollup, events, periodic }: Fact): boolean {
  return !rollup && events === null && periodic === null;
}

/** Whether all columns of a fact are columns of its table, keys without a time, and days that are the same everywhere. */
function isCopy(fact: Fact, { model }: Design): boolean {
  const plainKeys = fact.foreignKeys.every(({ lookup }) => (lookup.kind === "lookup" ? lookup.asOf === null : lookup.kind === "date" && (model.project.timezone === "UTC" || lookup.value.type?.kind !== "timestamp")));
  return plainKeys && fact.rows.joins.length === 0 && measureExpressions(fact).every((one) => one.kind === "column");
}

/** The members that a unit test gives the dimensions of a fact. */
export function givenDimensions(members: readonly GivenMember[]): UnitTest["given"] {
  return [...new Map(members.map((one) => [one.dimension.name, { input: `ref('${one.dimension.name}')`, rows: one.rows }])).values()];
}
