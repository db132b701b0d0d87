import { part } from "../../../evaluate/calendar.ts";
import { sameValue } from "../../../evaluate/compare.ts";
import type { Row } from "../../../evaluate/expression.ts";
import { martRows } from "../../../evaluate/mart-rows.ts";
import { whole } from "../../../evaluate/number.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { dayText } from "../../../evaluate/time.ts";
import { attempt, fail, type Day, type Value } from "../../../evaluate/value.ts";
import { builtInKey } from "../../../model/calendar.ts";
import type { Dimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import type { Fact, Mart, MartFact, MartMeasure } from "../../../model/fact.ts";
import { dimensionsByName, factsByName } from "../../../model/named.ts";
import type { LogicalType } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import { factColumns } from "../fact/columns.ts";
import { versionStarts } from "./fact-rows.ts";
import { literalsFor } from "./roles.ts";
import { givenRows, payloadValues, typed, type State } from "./script.ts";
import { isPlainTest, type UnitTest } from "./unit-test.ts";

/** A row of the fact: on which day (see `daysOf`; null: none), of which member of every dimension (null: none), and the values of what is measured. */
interface Told {
  readonly day: number | null;
  readonly member: number | null;
  readonly state: State;
}

/** Two members on the first day, with each value twice; one on the next, with a value that is not known, and on a day of another month; a row of nobody. */
const script: readonly Told[] = [
  { day: 0, member: 0, state: 0 },
  { day: 0, member: 0, state: 0 },
  { day: 0, member: 1, state: 1 },
  { day: 0, member: 1, state: 1 },
  { day: 1, member: 0, state: 1 },
  { day: 1, member: 0, state: null },
  { day: 2, member: 0, state: 3 },
  { day: 2, member: 0, state: 1 },
  { day: null, member: null, state: 1 },
];

/** A dimension that a mart reads: its members with their keys and the attributes that are read. */
interface Side {
  readonly dimension: string;
  readonly keyColumn: string;
  readonly members: readonly Values[];
}

/**
 * The unit test of a mart over one fact: measures with their filters, ratios, what is worked out from measures, and balances that are closed by a date where a member has gone before. None where
 * columns are but aggregated, and of marts that go through bridges, bring facts or members without facts together, move over time or keep the best.
 */
export function martTest(mart: Mart, design: Design): readonly UnitTest[] {
  const [read, ...others] = mart.facts;
  const fact = factsByName(design.model).get(read?.fact ?? "");
  if (read === undefined || fact === undefined || others.length > 0 || read.bridges.length > 0 || mart.include !== null || mart.rolling !== null || mart.top !== null || mart.version !== null) return [];
  if (read.where === null && mart.calculations.length === 0 && mart.measures.every((one) => isPlain(one, fact))) return [];
  const test = attempt(() => testOf(mart, fact, read, design));
  return "value" in test && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
}

/** Whether a measure is an aggregate of a column over all rows of its group. */
function isPlain({ value }: MartMeasure, { measures }: Fact): boolean {
  return value.kind === "aggregate" && value.where === null && measures.every((one) => one.name !== value.column || one.over === null);
}

function testOf(mart: Mart, fact: Fact, read: MartFact, design: Design): UnitTest {
  const sides = sidesOf(mart, read, design);
  const value = valueIn(mart, fact, read, sides);
  const cells = columnsRead(mart, fact, read).map(({ name, type }) => [name, value(name, type)] as const);
  const rows = script.map((row, index) => new Map(cells.map(([name, cell]) => [name, name === fact.keyColumn ? `${fact.process}_${index + 1}` : cell(row)])));
  return {
    name: `${mart.name}_sums_up_its_fact`,
    description: `Rows of ${fact.name}, and what ${mart.name} makes of them.`,
    model: mart.name,
    given: [
      { input: `ref('${fact.name}')`, rows: givenRows(rows) },
      ...[...new Map(sides.map((one) => [one.dimension, { input: `ref('${one.dimension}')`, rows: givenRows(one.members) }])).values()],
    ],
    expected: givenRows(martRows(mart, fact, rows.map((row) => behind(row, read, sides)))),
  };
}

/** A row of the fact that also knows the attributes of the members that it points to. */
function behind(values: Values, { keys }: MartFact, sides: readonly Side[]): Row {
  return ({ input, name }) => {
    if (input === null) return values.get(name) ?? null;
    const key = keys.find((one) => one.alias === input) ?? fail("no such key");
    const side = sides.find((one) => one.dimension === key.dimension) ?? fail("no such dimension");
    return side.members.find((one) => sameValue(one.get(side.keyColumn) ?? null, values.get(key.foreignKey) ?? null))?.get(name) ?? null;
  };
}

/** The filters of a mart and of its measures. */
function filtersIn({ measures }: Mart, { where }: MartFact): readonly Expression[] {
  return [where, ...measures.map((one) => one.value.where)].filter((one) => one !== null);
}

/** The columns of the fact that a mart reads, with their types. */
function columnsRead(mart: Mart, fact: Fact, read: MartFact): readonly { readonly name: string; readonly type: LogicalType }[] {
  const measured = mart.measures.flatMap(({ value }) => (value.kind === "ratio" ? [value.numerator, value.denominator] : [value.column]));
  const dates = measured.flatMap((name) => fact.measures.filter((one) => one.name === name && one.over !== null)).flatMap(({ over }) => fact.foreignKeys.filter((one) => one.alias === over?.role || one.role === over?.role).map((one) => one.name));
  const groups = mart.groups.flatMap(({ keys }) => (keys[0]?.kind === "degenerate" ? [keys[0].column] : []));
  const filtered = filtersIn(mart, read).flatMap(columnsOf).flatMap((one) => (one.input === null ? [one.name] : []));
  const names = new Set([...read.keys.map((one) => one.foreignKey), ...groups, ...dates, ...filtered, ...measured]);
  return factColumns(fact).filter((one) => names.has(one.name));
}

/** The dimensions that a mart reads, each once, with all attributes that any role reads. */
function sidesOf(mart: Mart, read: MartFact, { model }: Design): readonly Side[] {
  const filters = filtersIn(mart, read);
  const filtered = filters.flatMap(columnsOf);
  return [...new Set(read.keys.map((one) => one.dimension))].map((name) => {
    const dimension = dimensionsByName(model).get(name) ?? fail("no such dimension");
    const keys = read.keys.filter((one) => one.dimension === name);
    const grouped = mart.groups.flatMap(({ keys: [key], type }) => (key?.kind === "attribute" && keys.some((one) => one.foreignKey === key.foreignKey) ? [{ name: key.attribute, type }] : []));
    const columns = [...new Map([...grouped, ...filtered.filter((one) => keys.some(({ alias }) => alias === one.input))].map((one) => [one.name, one])).values()];
    const keyColumn = dimension.kind === "table" ? dimension.columns.key : builtInKey(dimension);
    const days = daysOf(versionStarts(model.project)[0]);
    const members = dimension.kind === "date" ? days.map((day) => calendarRow(day, columns, filters)) : [0, 1].map((index) => memberRow(dimension, index, columns, filters));
    return { dimension: name, keyColumn, members };
  });
}

/** Two days of one month, and one of another. */
function daysOf(first: number): readonly Day[] {
  return [0, 1, 40].map((after) => ({ kind: "day", day: first + after }));
}

function memberRow(dimension: Dimension, index: number, columns: readonly Pick<ColumnReference, "name" | "type">[], filters: readonly Expression[]): Values {
  if (dimension.kind !== "table") return fail("a dimension of times");
  return new Map<string, Value>([[dimension.columns.key, `${dimension.entity}_${index + 1}`], ...columns.map(({ name, type }): [string, Value] => {
    const values = payloadValues(type, literalsFor(name, filters));
    return [name, typed(values[index % Math.max(values.length, 1)] ?? fail("a type without values"), type)];
  })]);
}

/** A day of the calendar, by those of its columns that are plain parts of it. */
function calendarRow(day: Day, columns: readonly Pick<ColumnReference, "name" | "type">[], filters: readonly Expression[]): Values {
  const units: Readonly<Record<string, string>> = { year: "year", quarter: "quarter", month: "month", iso_week: "iso_week", day_of_month: "day", day_of_week: "day_of_week" };
  return new Map<string, Value>([["date_key", dateKey(day)], ...columns.map(({ name, type }): [string, Value] => {
    if (name === "date") return [name, day];
    const unit = units[name];
    if (unit !== undefined) return [name, whole(part(unit, day))];
    const values = payloadValues(type, literalsFor(name, filters));
    return [name, typed(values[part("month", day) % Math.max(values.length, 1)] ?? null, type)];
  })]);
}

function dateKey(day: Day): Value {
  return whole(Number(dayText(day).replaceAll("-", "")));
}

/** The values of a column in rows of the fact: keys of a row's member and day, what is grouped by as the member has it, all else as the row says. */
function valueIn(mart: Mart, fact: Fact, read: MartFact, sides: readonly Side[]): (name: string, type: LogicalType) => (row: Told) => Value {
  const grouped = new Set(mart.groups.flatMap(({ keys }) => (keys[0]?.kind === "degenerate" ? [keys[0].column] : [])));
  const filters = filtersIn(mart, read);
  return (name, type) => {
    const foreignKey = fact.foreignKeys.find((one) => one.name === name);
    const side = sides.find((one) => one.dimension === foreignKey?.dimension);
    if (foreignKey !== undefined) {
      return ({ day, member }) => {
        const index = type.kind === "integer" ? day : member;
        return index === null ? typed("-2", type) : side?.members[index]?.get(side.keyColumn) ?? fail("a key of a dimension that is not read");
      };
    }
    const values = payloadValues(type, literalsFor(name, filters)).map((text) => typed(text, type));
    return ({ member, state }) => {
      const at = grouped.has(name) ? member : state;
      return at === null ? null : values[at % Math.max(values.length, 1)] ?? null;
    };
  };
}
