import { castValue } from "../../../evaluate/cast.ts";
import { part } from "../../../evaluate/calendar.ts";
import { evaluate, evaluateExpression, type Row } from "../../../evaluate/expression.ts";
import { whole } from "../../../evaluate/number.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { surrogateKey } from "../../../evaluate/surrogate-key.ts";
import { dayOf, dayText } from "../../../evaluate/time.ts";
import { attempt, fail, type Failure, type Value } from "../../../evaluate/value.ts";
import { wallClock } from "../../../evaluate/zone.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Fact, ForeignKey, Measure } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import { foreignKeyType } from "../fact/columns.ts";
import { valueOf } from "./fact-rows.ts";
import { versionAt, type GivenMember } from "./members.ts";

/** The value of an expression over a row and the members that it points to. */
type Compute = (expression: Expression) => { readonly value: Value } | Failure;

/**
 * The columns of a fact that follow from a row of its source, without the key: "filtered" where the row is left out, null where a measure or the filter
 * cannot be computed here. Keys and degenerate dimensions that only the warehouse knows are left out.
 */
export function factValues(row: Row, fact: Fact, members: readonly GivenMember[], project: Project): Values | "filtered" | null {
  const found = attempt(() => new Map(members.map((one) => [one.foreignKey.alias, versionAt(one, row, project.timezone)])));
  if (!("value" in found)) return null;
  const versions = found.value;
  const value: Compute = (expression) => evaluateExpression(expression, (column) => {
    const version = versions.get(column.input ?? "");
    return version === undefined ? row(column) : valueOf(version.attributes.get(column.name) ?? null, column.type);
  });
  const kept = fact.rows.where === null ? { value: true } : value(fact.rows.where);
  if (!("value" in kept)) return null;
  if (kept.value !== true) return "filtered";
  const measured = measures(fact.measures, value);
  if (measured === null) return null;
  const keys = fact.foreignKeys.map((one) => [one.name, attempt(() => versions.get(one.alias)?.key ?? computedKey(one, row, fact.rows.base.alias, project))] as const);
  const degenerates = fact.degenerates.map((one) => [one.name, value(one.value)] as const);
  return new Map([...[...keys, ...degenerates].flatMap(([name, one]): readonly (readonly [string, Value])[] => ("value" in one ? [[name, one.value]] : [])), ...measured]);
}

/** The time of the event and of the load, as columns of the fact; those that it has. */
export function factTimes(row: Row, { eventTime, load }: Fact): Values {
  const found: [string, Value][] = [];
  const add = (name: string, expression: Expression, kind: "date" | "timestamp"): void => {
    const value = evaluateExpression(expression, row);
    if ("value" in value) found.push([name, castValue(value.value, { kind })]);
  };
  if (eventTime !== null) add(eventTime.column, eventTime.value, eventTime.precision === "date" ? "date" : "timestamp");
  if (load.lookback !== null) add("source_loaded_at", load.lookback.loadedAt, "timestamp");
  return new Map(found);
}

/** Expressions of the measures that are columns. */
export function measureExpressions({ measures: all }: Fact): readonly Expression[] {
  return all.flatMap((one) => (one.ratio === null && one.value.kind !== "rollup" ? [one.value.expression] : []));
}

/** Values of the measures that are columns, in order; those over other measures see them as columns without an input. Null where one fails. */
function measures(all: readonly Measure[], value: Compute): readonly (readonly [string, Value])[] | null {
  const known = new Map<string, Value>();
  for (const one of all) {
    if (one.ratio !== null || one.value.kind === "rollup") continue;
    const { kind, expression } = one.value;
    const found = kind === "row" ? value(expression) : evaluateExpression(expression, (column) => known.get(column.name) ?? null);
    if (!("value" in found)) return null;
    known.set(one.name, found.value);
  }
  return [...known];
}

/** A key that is not looked up but computed, or taken over; within an `attempt`. */
function computedKey(foreignKey: ForeignKey, row: Row, base: string, project: Project): Value {
  const { lookup } = foreignKey;
  switch (lookup.kind) {
    case "date": return dateKey(clockTime(lookup.value, row, project), project);
    case "time": return timeKey(clockTime(lookup.value, row, project), lookup.grain);
    case "combination": return surrogateKey(lookup.values.map((one) => castValue(evaluate(one.value, row), one.type)));
    case "inherited": return row({ kind: "column", input: base, name: lookup.column, type: foreignKeyType(foreignKey) });
    case "lookup": return fail("a key of rows that are not given");
  }
}

/** A time as clocks of the project show it. */
function clockTime(expression: Expression, row: Row, { timezone }: Project): Value {
  const value = evaluate(expression, row);
  return value === null || expression.type?.kind !== "timestamp" ? value : wallClock(value, timezone);
}

function dateKey(time: Value, { dates }: Project): Value {
  if (time === null) return whole(-2);
  const day = dayText(dayOf(time));
  return whole(dates.from <= day && day <= dates.to ? Number(day.replaceAll("-", "")) : -1);
}

function timeKey(time: Value, grain: "minute" | "second"): Value {
  if (time === null) return whole(-2);
  const minutes = part("hour", time) * 100 + part("minute", time);
  return whole(grain === "minute" ? minutes : minutes * 100 + part("second", time));
}
