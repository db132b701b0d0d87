import { evaluateText } from "../../../evaluate/cast.ts";
import { edgesOf } from "../../../evaluate/edges.ts";
import { dayFromText, dayText } from "../../../evaluate/time.ts";
import type { Value } from "../../../evaluate/value.ts";
import { columnsOf, partsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import type { Fact, ForeignKey } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { LogicalType } from "../../../model/types.ts";
import { keyValue } from "./cleaning.ts";

/** The days, since 1970, on which the two versions begin that a unit test gives a Type 2 member: early in the calendar. */
export function versionStarts({ dates }: Project): readonly [number, number] {
  const from = dayFromText(dates.from)?.day ?? 0;
  return [from + 9, from + 40];
}

/** A foreign key that is looked up, by plain columns. */
export type Lookup = ForeignKey & { readonly lookup: Extract<ForeignKey["lookup"], { kind: "lookup" }> };

/** The columns that a fact reads of its base rows. */
export function baseColumns(fact: Fact, measures: readonly Expression[]): readonly ColumnReference[] {
  const keys = fact.foreignKeys.flatMap(({ lookup }) => {
    switch (lookup.kind) {
      case "lookup": return [...lookup.on.map((one) => one.value), ...(lookup.asOf === null ? [] : [lookup.asOf.value])];
      case "combination": return lookup.values.map((one) => one.value);
      case "date":
      case "time": return [lookup.value];
      case "inherited": return [];
    }
  });
  const values = [...fact.grain, ...fact.degenerates].map((one) => one.value);
  const time = fact.eventTime === null ? [] : [fact.eventTime.value];
  const filter = fact.rows.where === null ? [] : [fact.rows.where];
  const all = [...values, ...keys, ...time, ...filter, ...measures].flatMap(columnsOf).filter((one) => one.input === fact.rows.base.alias);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** How many rows the base is given: the four edges of two versions, one that nobody knows, one without references. */
export const ROWS = 6;

const UNKNOWN = 4;
const ABSENT = 5;

/**
 * The value of a column in the n-th row, as canonical text: the grain counts, references name the one member that is given, times lie on the edges of
 * its versions, everything else goes through the edges of its type. All but the grain starts anew after `ROWS` rows. Undefined for types without edges.
 */
export function baseValue(column: ColumnReference, index: number, fact: Fact, lookups: readonly Lookup[], project: Project): string | null | undefined {
  const { name, type } = column;
  const row = index % ROWS;
  const is = (value: Expression): boolean => value.kind === "column" && value.name === name;
  const asOf = lookups.find((one) => one.lookup.asOf !== null && is(one.lookup.asOf.value))?.lookup.asOf;
  if (asOf !== undefined && asOf !== null) return times(asOf.precision === "date", versionStarts(project))[row];
  if (lookups.some((one) => one.lookup.on.some((each) => is(each.value)))) return row === ABSENT ? (fact.grain.some((one) => is(one.value)) ? undefined : null) : memberValue(type, row === UNKNOWN ? 1 : 0);
  if (fact.grain.some((one) => is(one.value))) return textOf(keyValue(type, index));
  const isTime = fact.eventTime !== null && is(fact.eventTime.value);
  if (fact.foreignKeys.some(({ lookup }) => lookup.kind === "date" && is(lookup.value)) && temporal.includes(type.kind)) return row === ABSENT && !isTime ? null : calendarEdges(type.kind === "date", project)[row];
  const compared = comparedWith(name, fact);
  if (compared.length > 0 && row < UNKNOWN) return compared[row % compared.length];
  const edges = edgesOf(type).filter((one) => !compared.includes(one));
  return edges.length > 0 && row === ABSENT && !isTime ? null : edges[row % edges.length];
}

const temporal: readonly string[] = ["date", "timestamp", "timestamp_ntz"];

/** The first and the last day of the calendar, the one after it, and days within. */
function calendarEdges(asDates: boolean, { dates }: Project): readonly string[] {
  const [from, to] = [dates.from, dates.to].map((one) => dayFromText(one)?.day ?? 0);
  if (from === undefined || to === undefined) return [];
  const days = [from, to, to + 1, from + 40, from + 9, from + 20].map((day) => dayText({ kind: "day", day }));
  return asDates ? days : days.map((day, index) => `${day} ${index === 1 ? "23:59:59.999999" : "00:00:00.000000"}`);
}

/** Literals that the filter and the measures compare a column with: each of them, and something else, shall occur. */
function comparedWith(column: string, fact: Fact): readonly string[] {
  const all = (expression: Expression): readonly Expression[] => [expression, ...partsOf(expression).flatMap(all)];
  const expressions = [...(fact.rows.where === null ? [] : [fact.rows.where]), ...fact.measures.flatMap((one) => (one.ratio === null ? [one.value.expression] : []))];
  const compared = expressions.flatMap(all).filter((one) => (one.kind === "binary" || one.kind === "in") && partsOf(one).some((part) => part.kind === "column" && part.name === column));
  return [...new Set(compared.flatMap(partsOf).flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : [])))].slice(0, 3);
}

/** The key of the member that unit tests give to a dimension (0), or of one that they do not (1). */
export function memberValue(type: LogicalType, index: 0 | 1): string | undefined {
  const counted = type.kind === "integer" || type.kind === "bigint" || type.kind === "decimal" || type.kind === "string";
  return counted ? textOf(keyValue(type, 90 + index)) : undefined;
}

/** The value of a text in a type; for texts that we made. */
export function valueOf(text: string | null, type: LogicalType): Value {
  const value = evaluateText(text, type);
  if ("failure" in value) throw new Error(`${text} is no ${type.kind}: ${value.failure}`);
  return value.value;
}

/** Just before and at the start of each version, then between them; a date is the day before each start and the start itself. */
export function times(asDates: boolean, [first, second]: readonly [number, number]): readonly string[] {
  const day = (number: number): string => dayText({ kind: "day", day: number });
  const between = first + 20;
  if (asDates) return [first - 1, first, second - 1, second, between, between].map(day);
  const last = "23:59:59.999999";
  return [`${day(first - 1)} ${last}`, `${day(first)} 00:00:00.000000`, `${day(second - 1)} ${last}`, `${day(second)} 00:00:00.000000`, `${day(between)} 12:00:00.000000`, `${day(between)} 12:00:00.000000`];
}

function textOf(value: string | number | null): string | undefined {
  return value === null ? undefined : String(value);
}
