import { canonicalText, castValue } from "../../../evaluate/cast.ts";
import { evaluateExpression, type Row } from "../../../evaluate/expression.ts";
import { whole } from "../../../evaluate/number.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { dayOf, dayText, instantOf } from "../../../evaluate/time.ts";
import { isInstant, type Value } from "../../../evaluate/value.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Fact, Measure } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import { valueOf } from "./fact-rows.ts";
import { versionAt, type GivenMember } from "./members.ts";

/**
 * The columns of a fact that follow from a row of its source, without the key: "filtered" where the row is left out, null where a measure or the filter
 * cannot be computed here. A key of a day that is counted in another zone is left out, unless times are those of `SAME_DAY` (`keepsOff`), and so is what else
 * only the warehouse knows.
 */
export function factValues(row: Row, fact: Fact, members: readonly GivenMember[], project: Project, keepsOff = false): Values | "filtered" | null {
  const { alias } = fact.rows.base;
  const text = (name: string): string | null => {
    const value = row({ kind: "column", input: alias, name, type: { kind: "string" } });
    return value === null ? null : canonicalText(value);
  };
  const versions = new Map(members.map((one) => [one.foreignKey.alias, versionAt(one, text)]));
  const value = (expression: Expression): ReturnType<typeof evaluateExpression> => evaluateExpression(expression, (column) => {
    const version = versions.get(column.input ?? "");
    return version === undefined ? row(column) : valueOf(version.attributes.get(column.name) ?? null, column.type);
  });
  const kept = fact.rows.where === null ? { value: true } : value(fact.rows.where);
  if (!("value" in kept)) return null;
  if (kept.value !== true) return "filtered";
  const measured = measures(fact.measures, value);
  if (measured === null) return null;
  const keys = fact.foreignKeys.flatMap((one): readonly (readonly [string, Value])[] => {
    if (one.lookup.kind !== "date") return [[one.name, versions.get(one.alias)?.key ?? "-1"]];
    const day = dateKey(one.lookup.value, value, project, keepsOff);
    return day === null ? [] : [[one.name, whole(day)]];
  });
  const degenerates = fact.degenerates.flatMap((one): readonly (readonly [string, Value])[] => {
    const found = value(one.value);
    return "value" in found ? [[one.name, found.value]] : [];
  });
  return new Map([...keys, ...degenerates, ...measured]);
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
function measures(all: readonly Measure[], value: (expression: Expression) => ReturnType<typeof evaluateExpression>): readonly (readonly [string, Value])[] | null {
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

/** A time of the day at which it is the same day in all zones but those far out in the Pacific: 10:30 UTC, in microseconds. */
export const SAME_DAY = 37_800_000_000n;

/** Zones that are more than 10 hours and a half behind UTC, or more than 13 hours ahead. */
const FAR_OUT = /^(Pacific\/(Pago_Pago|Midway|Niue|Samoa|Kiritimati|Chatham|Apia|Tongatapu|Enderbury|Kanton|Fakaofo)|US\/Samoa|NZ-CHAT|Etc\/GMT(\+1[12]|-1[34]))$/;

/** Key of the day of a date key; null where days are counted in a zone in which it may be another day, which other tests cover. */
function dateKey(expression: Expression, value: (expression: Expression) => ReturnType<typeof evaluateExpression>, { dates, timezone }: Project, keepsOff: boolean): number | null {
  const found = value(expression);
  if (!("value" in found)) return null;
  const zoned = expression.type?.kind === "timestamp" && timezone !== "UTC";
  if (zoned && !(keepsOff && (found.value === null || isSameDay(found.value, timezone)))) return null;
  if (found.value === null) return -2;
  const day = dayText(dayOf(found.value));
  return dates.from <= day && day <= dates.to ? Number(day.replaceAll("-", "")) : -1;
}

function isSameDay(value: Exclude<Value, null>, timezone: string): boolean {
  return !FAR_OUT.test(timezone) && isInstant(value) && value.micros - instantOf(dayOf(value)).micros === SAME_DAY;
}
