import { changedRows, entriesOf, markedRows, rowsInWindow, swappedRows, type FactRow, type Increment } from "../../../evaluate/increments.ts";
import { instantFromText } from "../../../evaluate/time.ts";
import { attempt, fail, type Value } from "../../../evaluate/value.ts";
import { entriesKeyColumn, keepsEntries, LOADED_AT } from "../../../model/fact-record.ts";
import type { Fact } from "../../../model/fact.ts";
import { partitionColumn } from "../../../model/partition.ts";
import type { Design } from "../../../rules/types.ts";
import { factColumns } from "../fact/columns.ts";
import { givenDimensions, isPlainFact } from "./fact.ts";
import { casesOf, comparedNames, playedOut } from "./increment-cases.ts";
import { membersOf, type GivenMember } from "./members.ts";
import { storedSql } from "./stored-rows.ts";
import { isPlainTest, RUN_TIME, shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a later run of a fact that grows: rows that are stored as they are now, that came late, that were corrected in each of their columns, that
 * the source lost, that are back; and for a window rows at its edge. What the run must write follows from the strategy, not from the SQL under test. None
 * where rows are put together out of several, or a column cannot be computed without a warehouse.
 */
export function incrementTest(fact: Fact, design: Design): readonly UnitTest[] {
  if (design.choice("materialisation", fact.name) !== "incremental" || !isPlainFact(fact)) return [];
  const test = attempt(() => testOf(fact, membersOf(fact, design), design));
  return "value" in test && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

function testOf(fact: Fact, members: readonly GivenMember[], design: Design): UnitTest {
  const { given, stored, computed } = playedOut(casesOf(fact), fact, members, design);
  const rows = stored.map((one) => shownRow(one, fact));
  return {
    name: `${fact.name}_writes_what_changed`,
    description: "Rows that a later run finds stored, and those that it must write.",
    model: fact.name,
    run: "later",
    given: [
      ...given,
      ...givenDimensions(members),
      { input: "this", rows, sql: storedSql(rows, factColumns(fact), design.dialect) },
    ],
    expected: written(fact, { computed, stored, compared: comparedNames(fact, false) }, design).map((one) => shownRow(one, fact)),
  };
}

function written(fact: Fact, increment: Increment, design: Design): readonly { readonly key: string | null; readonly values: FactRow["values"] }[] {
  const { lookback } = fact.load;
  const strategy = design.choice("load strategy", fact.name);
  const seen = lookback === null ? increment : { ...increment, computed: rowsInWindow(increment, LOADED_AT, lookback.days) };
  if (keepsEntries(fact)) return entriesOf(seen, { durableKey: entriesKeyColumn(fact), measures: fact.measures.map((one) => one.name) });
  switch (strategy) {
    case "append": return changedRows(seen, true);
    case "merge":
    case "delete_insert": return lookback === null ? changedRows(seen, false) : seen.computed;
    case "soft_delete": return markedRows(seen, runTime());
    case "partition_swap": {
      const rows = swappedRows(seen, partitionColumn(fact)?.name ?? fail("no partitions"));
      return rows.length < seen.computed.length ? rows : fail("no partition that stays as it is");
    }
    default: return fail("a table that does not grow");
  }
}

/** All columns but the time at which an entry was written. */
function shownRow({ key, values }: { readonly key: string | null; readonly values: FactRow["values"] }, fact: Fact): UnitRow {
  const columns = factColumns(fact).filter((one) => one.name !== "recorded_at");
  return Object.fromEntries(columns.map(({ name, role }) => [name, role === "key" ? key : shownValue(values.get(name) ?? null)]));
}

function runTime(): Value {
  return instantFromText(RUN_TIME);
}
