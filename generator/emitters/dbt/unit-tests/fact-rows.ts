import { evaluateText } from "../../../evaluate/cast.ts";
import { edgesOf } from "../../../evaluate/edges.ts";
import { civilDay, dayFromText, dayNumber, dayText, instantText } from "../../../evaluate/time.ts";
import { attempt, fail, type Day, type Value } from "../../../evaluate/value.ts";
import { firstKnownDay, instantIn } from "../../../evaluate/zone.ts";
import { columnsOf, partsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import type { Fact, ForeignKey } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { LogicalType } from "../../../model/types.ts";
import { keyValue } from "./cleaning.ts";
import { keyPart } from "./script.ts";

/** The days, since 1970, with which the two versions begin that a unit test gives a Type 2 member: early in the calendar. */
export function versionStarts({ dates, timezone }: Project): readonly [number, number] {
  const { day } = firstKnownDay(dayOf(dates.from), timezone);
  return [day + 9, day + 40];
}

/** A foreign key that is looked up, by plain columns. */
export type Lookup = ForeignKey & { readonly lookup: Extract<ForeignKey["lookup"], { kind: "lookup" }> };

/** The columns that a fact reads of one of its inputs. */
export function columnsRead(fact: Fact, alias: string, measures: readonly Expression[]): readonly ColumnReference[] {
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
  const joins = fact.rows.joins.flatMap((one) => one.on.map(({ left }) => left));
  const all = [...values, ...keys, ...time, ...filter, ...measures, ...joins].flatMap(columnsOf).filter((one) => one.input === alias);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** How many rows the base is given: the four edges of two versions, one that nobody knows, one without references; and two that have nothing to join, where tables are joined. */
export function rowCount({ rows }: Fact): number {
  return rows.joins.length === 0 ? KINDS : KINDS + 2;
}

/** Whether the n-th row is to find nothing in a table that it refers to by this column. */
export function isAlone(index: number, column: ColumnReference, fact: Fact): boolean {
  const kind = kindOf(index, fact);
  return index % rowCount(fact) === UNJOINED || (kind === UNKNOWN && isReference(column, fact));
}

const KINDS = 6;
const UNKNOWN = 4;
const ABSENT = 5;
/** A row that joins by nothing, and one by what nobody has. */
const JOINLESS = 6;
const UNJOINED = 7;

function kindOf(index: number, fact: Fact): number {
  return (index % rowCount(fact)) % KINDS;
}

/**
 * The value of a column in the n-th row of its input, as canonical text: the grain and keys of joins count, references name the one member that is given,
 * times lie on the edges of its versions, everything else goes through the edges of its type. All but what counts starts anew after some rows. Undefined
 * for types without edges.
 */
export function columnText(column: ColumnReference, index: number, fact: Fact, project: Project): string | null | undefined {
  const { name, type } = column;
  const row = kindOf(index, fact);
  const is = (value: Expression): boolean => isColumn(value, column);
  const asOf = fact.foreignKeys.flatMap(({ lookup }) => (lookup.kind === "lookup" && lookup.asOf !== null ? [lookup.asOf] : [])).find((one) => is(one.value));
  if (asOf !== undefined) return times(asOf.precision === "date", project)[row];
  if (isReference(column, fact)) return row === ABSENT ? (fact.grain.some((one) => is(one.value)) ? undefined : null) : memberValue(type, row === UNKNOWN ? 1 : 0);
  const counted = countOf(column, index, fact);
  if (counted !== undefined) return counted === null ? null : textOf(keyValue(type, counted));
  const isTime = fact.eventTime !== null && is(fact.eventTime.value);
  if (fact.foreignKeys.some(({ lookup }) => lookup.kind === "date" && is(lookup.value)) && temporal.includes(type.kind)) {
    const days = calendarEdges(type.kind === "date", project);
    return row === ABSENT && !isTime ? null : days[row % days.length];
  }
  const compared = comparedWith(name, fact);
  if (compared.length > 0 && row < UNKNOWN) return compared[row % compared.length];
  const edges = edgesOf(type).filter((one) => !compared.includes(one));
  return edges.length > 0 && row === ABSENT && !isTime ? null : edges[row % edges.length];
}

/** The number by which a column of the grain or of a join tells the n-th row from others, null where it joins by nothing; undefined for all other columns. */
function countOf(column: ColumnReference, index: number, fact: Fact): number | null | undefined {
  const inGrain = (one: Expression): boolean => fact.grain.some(({ value }) => one.kind === "column" && isColumn(value, one));
  const on = fact.rows.joins.map((one) => one.on.map(({ left }) => left)).find((all) => all.some((one) => isColumn(one, column)));
  if (on === undefined) return inGrain(column) ? index : undefined;
  if (!inGrain(column) && index % rowCount(fact) === JOINLESS) return null;
  const part = on.findIndex((one) => isColumn(one, column));
  const isGrainWhole = on.every(inGrain);
  // Rows share parts of a key, but no key: a join by less than all of it finds too many.
  return inGrain(column) && !isGrainWhole ? index : keyPart(index, part, on.length);
}

/** Whether a fact looks up members by a column. */
function isReference(column: ColumnReference, fact: Fact): boolean {
  return fact.foreignKeys.some(({ lookup }) => lookup.kind === "lookup" && lookup.on.some((one) => isColumn(one.value, column)));
}

function isColumn(value: Expression, { input, name }: ColumnReference): boolean {
  return value.kind === "column" && value.name === name && value.input === input;
}

const temporal: readonly string[] = ["date", "timestamp", "timestamp_ntz"];

/** The first and the last day of the calendar, the one after it, and days within, one of them in summer where clocks may then show another time. */
function calendarEdges(asDates: boolean, { dates, timezone }: Project): readonly string[] {
  const [from, to] = [dates.from, dates.to].map(dayOf);
  if (from === undefined || to === undefined) return [];
  const on = (day: number): Day => ({ kind: "day", day });
  const summer = dayNumber({ year: civilDay(from.day).year, month: 7, day: 1 });
  const within = [from.day + 40, timezone === "UTC" || summer < from.day ? from.day + 9 : summer, from.day + 20].map(on);
  const after = on(to.day + 1);
  if (asDates) return [from, to, after, ...within].map(dayText);
  const edges = [[from, 0n], [after, 1n], [after, 0n], ...within.map((day) => [day, 0n] as const)] as const;
  return edges.flatMap(([day, before]) => {
    const start = attempt(() => startText(day, timezone, before));
    return "value" in start ? [start.value] : [];
  });
}

/** Literals that the filter and the measures compare a column with: each of them, and something else, shall occur. */
function comparedWith(column: string, fact: Fact): readonly string[] {
  const all = (expression: Expression): readonly Expression[] => [expression, ...partsOf(expression).flatMap(all)];
  const expressions = [...(fact.rows.where === null ? [] : [fact.rows.where]), ...fact.measures.flatMap((one) => (one.ratio === null ? [one.value.expression] : []))];
  const compared = expressions.flatMap(all).filter((one) => (one.kind === "binary" || one.kind === "in") && partsOf(one).some((part) => part.kind === "column" && part.name === column));
  return [...new Set(compared.flatMap(partsOf).flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : [])))].slice(0, 3);
}

/** The key of the member that unit tests give to a dimension (0), or of those that they do not. */
export function memberValue(type: LogicalType, index: number): string | undefined {
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
export function times(asDates: boolean, project: Project): readonly string[] {
  const [first, second] = versionStarts(project);
  const day = (number: number): Day => ({ kind: "day", day: number });
  const between = day(first + 20);
  if (asDates) return [day(first - 1), day(first), day(second - 1), day(second), between, between].map(dayText);
  const starts = [first, second].flatMap((one) => [1n, 0n].map((before) => startText(day(one), project.timezone, before)));
  const noon = `${dayText(between)} 12:00:00.000000`;
  return [...starts, noon, noon];
}

/** The instant at which a day of a zone begins, or some microseconds before it. */
export function startText(day: Day, zone: string, before = 0n): string {
  return instantText({ kind: "instant", micros: instantIn(day, zone).micros - before });
}

function dayOf(text: string): Day {
  return dayFromText(text) ?? fail("no day");
}

function textOf(value: string | number | null): string | undefined {
  return value === null ? undefined : String(value);
}
