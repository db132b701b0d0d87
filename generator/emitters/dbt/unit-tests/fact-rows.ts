import { evaluateText } from "../../../evaluate/cast.ts";
import { edgesOf } from "../../../evaluate/edges.ts";
import { civilDay, dayFromText, dayNumber, dayOf as dayOfInstant, dayText, instantFromText, instantText } from "../../../evaluate/time.ts";
import { attempt, fail, type Day, type Instant, type Value } from "../../../evaluate/value.ts";
import { clockChanges, firstKnownDay, instantIn, wallClock } from "../../../evaluate/zone.ts";
import { columnsOf, partsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import type { Fact, ForeignKey } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { LogicalType } from "../../../model/types.ts";
import { keyValue } from "./cleaning.ts";
import { keyPart } from "./script.ts";

/** The days, since 1970, with which the two versions begin that a unit test gives a Type 2 member: after those on which clocks change, else early in the calendar. */
export function versionStarts(project: Project): readonly [number, number] {
  const changes = changesOf(project).map((one) => dayIn(one, project));
  if (changes[0] !== undefined && changes[1] !== undefined) return [changes[0] + 1, changes[1] + 1];
  const { day } = firstKnownDay(dayOf(project.dates.from), project.timezone);
  return [day + 9, day + 40];
}

/** The instants with which those versions begin: midnights, but that the second one comes just before, where clocks changed: a day must not end an hour early. */
export function versionInstants(project: Project): readonly string[] {
  const [first, second] = versionStarts(project);
  const before = changesOf(project).length > 0 ? 1n : 0n;
  return [startText({ kind: "day", day: first }, project.timezone), startText({ kind: "day", day: second }, project.timezone, before)];
}

/** The instants at which clocks of the project's zone are changed in the first year of the calendar that has both with a day before and after them; else none. */
function changesOf(project: Project): readonly Instant[] {
  const [from, to] = [dayOf(project.dates.from).day, dayOf(project.dates.to).day];
  const first = civilDay(from).year;
  const years = Array.from({ length: civilDay(to).year - first + 1 }, (_, index) => clockChanges(first + index, project.timezone));
  return years.find((changes) => changes.length > 0 && changes.map((one) => dayIn(one, project)).every((day) => from < day && day < to)) ?? [];
}

function dayIn(instant: Instant, { timezone }: Project): number {
  return dayOfInstant(wallClock(instant, timezone)).day;
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
  const { type } = column;
  const row = kindOf(index, fact);
  const is = (value: Expression): boolean => isColumn(value, column);
  const asOf = fact.foreignKeys.flatMap(({ lookup }) => (lookup.kind === "lookup" && lookup.asOf !== null ? [lookup.asOf] : [])).find((one) => is(one.value));
  if (asOf !== undefined) return times(asOf.precision === "date", project)[row];
  if (isReference(column, fact)) {
    const inGrain = fact.grain.some((one) => is(one.value));
    // In the grain it tells rows apart, and the same ones are not to come again.
    if (row === ABSENT) return !inGrain ? null : index === ABSENT ? memberValue(type, 2) : undefined;
    return memberValue(type, row === UNKNOWN ? 1 : 0);
  }
  const counted = countOf(column, index, fact);
  if (counted !== undefined) return counted === null ? null : textOf(keyValue(type, counted));
  const isTime = fact.eventTime !== null && is(fact.eventTime.value);
  const looked = new Set(fact.foreignKeys.flatMap(({ lookup }) => ((lookup.kind === "date" || lookup.kind === "time") && is(lookup.value) ? [lookup.kind] : [])));
  const changes = looked.has("time") && type.kind === "timestamp" ? changesOf(project) : [];
  if ((looked.has("date") || changes.length > 0) && temporal.includes(type.kind)) {
    const days = changes.length > 0 ? changes.flatMap(aroundChange) : calendarEdges(type.kind === "date", project);
    return row === ABSENT && !isTime ? null : days[row % days.length];
  }
  const compared = comparedWith(column, fact);
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

/** The first and the last day of the calendar, the one after it, and days within: the start of the day after clocks changed, and the end of the next such day. */
function calendarEdges(asDates: boolean, project: Project): readonly string[] {
  const { dates, timezone } = project;
  const [from, to] = [dayOf(dates.from), dayOf(dates.to)];
  const on = (day: number): Day => ({ kind: "day", day });
  const after = on(to.day + 1);
  const [first, second] = changesOf(project).map((one) => dayIn(one, project));
  const within = first === undefined || second === undefined ? [[on(from.day + 40), 0n], [on(summerOf(from, timezone)), 0n]] as const : [[on(first + 1), 0n], [on(second + 1), 1n]] as const;
  if (asDates) return [from, to, after, ...within.map(([day]) => day), on(from.day + 20)].map(dayText);
  const edges = [[from, 0n], [after, 1n], [after, 0n], ...within, [on(from.day + 20), 0n]] as const;
  return edges.flatMap(([day, before]) => {
    const start = attempt(() => startText(day, timezone, before));
    return "value" in start ? [start.value] : [];
  });
}

/** A day in the first summer of the calendar, where clocks may show another time than in winter. */
function summerOf({ day }: Day, timezone: string): number {
  const summer = dayNumber({ year: civilDay(day).year, month: 7, day: 1 });
  return timezone === "UTC" || summer < day ? day + 9 : summer;
}

/** The last instant before clocks are changed, and the first one after. */
function aroundChange({ micros }: Instant): readonly string[] {
  return [micros - 1n, micros].map((one) => instantText({ kind: "instant", micros: one }));
}

/** Literals that the filter and the measures compare a column with: each of them that the column can hold, and something else, shall occur. */
function comparedWith({ name, type }: ColumnReference, fact: Fact): readonly string[] {
  const all = (expression: Expression): readonly Expression[] => [expression, ...partsOf(expression).flatMap(all)];
  const expressions = [...(fact.rows.where === null ? [] : [fact.rows.where]), ...fact.measures.flatMap((one) => (one.ratio === null ? [one.value.expression] : []))];
  const compared = expressions.flatMap(all).filter((one) => (one.kind === "binary" || one.kind === "in") && partsOf(one).some((part) => part.kind === "column" && part.name === name));
  const literals = new Set(compared.flatMap(partsOf).flatMap((part) => (part.kind === "literal" && typeof part.value === "string" ? [part.value] : [])));
  return [...literals].filter((one) => "value" in evaluateText(one, type)).slice(0, 3);
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
  const starts = versionInstants(project).flatMap((one) => [justBefore(one), one]);
  const noon = `${dayText(between)} 12:00:00.000000`;
  return [...starts, noon, noon];
}

function justBefore(instant: string): string {
  return instantText({ kind: "instant", micros: (instantFromText(instant) ?? fail("no instant")).micros - 1n });
}

/** The instant at which a day of a zone begins, or some microseconds before it. */
function startText(day: Day, zone: string, before = 0n): string {
  return instantText({ kind: "instant", micros: instantIn(day, zone).micros - before });
}

function dayOf(text: string): Day {
  return dayFromText(text) ?? fail("no day");
}

function textOf(value: string | number | null): string | undefined {
  return value === null ? undefined : String(value);
}
