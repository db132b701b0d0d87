import { evaluateExpression } from "../../../evaluate/expression.ts";
import { dayOf, dayText } from "../../../evaluate/time.ts";
import type { Value } from "../../../evaluate/value.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Fact, Measure } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { Design } from "../../../rules/types.ts";
import { baseColumns, baseValue, ROWS, valueOf } from "./fact-rows.ts";
import { membersOf, versionAt, type GivenMember } from "./members.ts";
import { shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a fact: base rows at the edges of two versions of each dimension, with a member nobody knows and with none, and values on the edges of
 * their types. Keys and measures that must come of them are computed from the specs, not by the SQL under test. None where nothing is looked up as of a
 * time or computed, or where the rows come of more than one table.
 */
export function factTest(fact: Fact, design: Design): readonly UnitTest[] {
  if (fact.rollup || fact.events !== null || fact.rows.joins.length > 0) return [];
  const members = membersOf(fact, design);
  const values = fact.measures.flatMap((one) => (one.ratio === null && one.value.kind !== "rollup" ? [one.value.expression] : []));
  const timed = fact.foreignKeys.some(({ lookup }) => lookup.kind === "lookup" && lookup.asOf !== null);
  if (members === null || (!timed && values.every((one) => one.kind === "column"))) return [];
  const rows = Array.from({ length: ROWS }, (_, index) => unitRow(index, fact, members, values, design.model.project));
  const made = rows.flatMap((one) => (one === null || one === "left out" ? [] : [one]));
  if (rows.includes(null) || !made.some((one) => one.expected !== null)) return [];
  return [
    {
      name: `${fact.name}_looks_up_and_computes`,
      description: "Rows at the edges of versions and types; keys and measures are those that the specs ask for.",
      model: fact.name,
      incremental: design.choice("materialisation", fact.name) === "incremental",
      given: [{ input: `ref('${fact.rows.base.reference.model}')`, rows: made.map((one) => one.given) }, ...givenDimensions(members)],
      expected: made.flatMap((one) => (one.expected === null ? [] : [one.expected])),
    },
  ];
}

function givenDimensions(members: readonly GivenMember[]): UnitTest["given"] {
  return [...new Map(members.map((one) => [one.dimension.name, { input: `ref('${one.dimension.name}')`, rows: one.rows }])).values()];
}

/** A base row and the fact row that comes of it (null: filtered); "left out" where a value cannot be computed, null where a type has no edges. */
function unitRow(index: number, fact: Fact, members: readonly GivenMember[], values: readonly Expression[], project: Project): { readonly given: UnitRow; readonly expected: UnitRow | null } | "left out" | null {
  const columns = baseColumns(fact, values);
  const texts = new Map(columns.map((one) => [one.name, baseValue(one, index, fact, members.map((each) => each.foreignKey), project)]));
  if ([...texts.values()].includes(undefined)) return null;
  const own = (name: string): string | null => texts.get(name) ?? null;
  const versions = new Map(members.map((one) => [one.foreignKey.alias, versionAt(one, own)]));
  const value = (expression: Expression): ReturnType<typeof evaluateExpression> => evaluateExpression(expression, (column) => {
    if (column.input === fact.rows.base.alias) return valueOf(own(column.name), column.type);
    return valueOf(versions.get(column.input ?? "")?.attributes.get(column.name) ?? null, column.type);
  });
  const given = Object.fromEntries(columns.map((one) => [one.name, shownValue(valueOf(own(one.name), one.type))]));
  const kept = fact.rows.where === null ? { value: true } : value(fact.rows.where);
  if (!("value" in kept)) return "left out";
  if (kept.value !== true) return { given, expected: null };
  const measured = measures(fact.measures, value);
  if (measured === null) return "left out";
  const keys = fact.foreignKeys.flatMap((one): readonly (readonly [string, UnitRow[string]])[] => {
    if (one.lookup.kind !== "date") return [[one.name, versions.get(one.alias)?.key ?? "-1"]];
    const day = dateKey(one.lookup.value, value, project);
    return day === null ? [] : [[one.name, day]];
  });
  const degenerates = fact.degenerates.flatMap((one): readonly (readonly [string, UnitRow[string]])[] => {
    const found = value(one.value);
    return "value" in found ? [[one.name, shownValue(found.value)]] : [];
  });
  return { given, expected: Object.fromEntries([...keys, ...degenerates, ...measured]) };
}

/** Values of the measures that are columns, in order; those over other measures see them as columns without an input. Null where one fails. */
function measures(all: readonly Measure[], value: (expression: Expression) => ReturnType<typeof evaluateExpression>): readonly (readonly [string, UnitRow[string]])[] | null {
  const known = new Map<string, Value>();
  for (const one of all) {
    if (one.ratio !== null || one.value.kind === "rollup") continue;
    const { kind, expression } = one.value;
    const found = kind === "row" ? value(expression) : evaluateExpression(expression, (column) => known.get(column.name) ?? null);
    if (!("value" in found)) return null;
    known.set(one.name, found.value);
  }
  return [...known].map(([name, found]) => [name, shownValue(found)]);
}

/** Key of the day of a date key; null where days are counted in a zone, which other tests cover. */
function dateKey(expression: Expression, value: (expression: Expression) => ReturnType<typeof evaluateExpression>, { dates, timezone }: Project): number | null {
  const found = value(expression);
  if (!("value" in found) || (expression.type?.kind === "timestamp" && timezone !== "UTC")) return null;
  if (found.value === null) return -2;
  const day = dayText(dayOf(found.value));
  return dates.from <= day && day <= dates.to ? Number(day.replaceAll("-", "")) : -1;
}
