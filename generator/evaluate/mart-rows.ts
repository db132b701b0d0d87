import type { Expression } from "../model/expression.ts";
import type { Fact, Mart, MartFact, MartGroup, MartMeasure, Measure } from "../model/fact.ts";
import { aggregated, sum } from "./aggregate.ts";
import { castValue } from "./cast.ts";
import { compareValues, sameValue } from "./compare.ts";
import { evaluate, type Row } from "./expression.ts";
import { keyText } from "./members.ts";
import { toFloat, whole } from "./number.ts";
import type { Values } from "./rows.ts";
import { fail, type Value } from "./value.ts";

/** What a measure of a mart is worked out from: the rows of its group, and those of all groups. */
interface Grouped {
  readonly mart: Mart;
  readonly fact: Fact;
  readonly read: MartFact;
  readonly own: readonly Row[];
  readonly all: readonly Row[];
}

/**
 * The rows of a mart over one fact, but for their keys. Rows know the columns of the fact (without an input) and the attributes behind its keys, by the key's
 * alias. For use within an `attempt`.
 */
export function martRows(mart: Mart, fact: Fact, rows: readonly Row[]): readonly Values[] {
  const read = mart.facts[0] ?? fail("a mart without a fact");
  const { where } = read;
  const all = rows.filter((row) => where === null || evaluate(where, row) === true);
  const groups = new Map<string, Row[]>(mart.groups.length === 0 ? [["", []]] : []);
  for (const row of all) {
    const key = mart.groups.length === 0 ? "" : keyText(mart.groups.map((one) => groupValue(one, read, row)));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((own) => {
    const names = mart.groups.map((one): [string, Value] => [one.name, own[0] === undefined ? null : groupValue(one, read, own[0])]);
    const values = new Map([...names, ...mart.measures.map((one): [string, Value] => [one.name, castValue(measured(one, { mart, fact, read, own, all }), one.type)])]);
    const calculated = mart.calculations.map((one): [string, Value] => [one.name, castValue(evaluate(one.expression, ({ name }) => values.get(name) ?? null), one.type)]);
    return new Map([...values, ...calculated]);
  });
}

function groupValue({ keys, type }: MartGroup, { keys: reached }: MartFact, row: Row): Value {
  const key = keys[0] ?? fail("a group that is not reached");
  if (key.kind === "degenerate") return row({ kind: "column", input: null, name: key.column, type });
  return row({ kind: "column", input: reached.find((one) => one.foreignKey === key.foreignKey)?.alias ?? fail("no such key"), name: key.attribute, type });
}

function measured({ value, type }: MartMeasure, grouped: Grouped): Value {
  const { own, fact } = grouped;
  const counts = conditionOf(value.where);
  if (value.kind === "ratio") {
    const [above, below] = [value.numerator, value.denominator].map((name) => part(name, value.where, grouped));
    return above === undefined || above === null || below === undefined || below === null || toFloat(below) === 0 ? null : toFloat(above) / toFloat(below);
  }
  const column = columnOf(value.column);
  const over = fact.measures.find((one) => one.name === value.column)?.over ?? null;
  if (over !== null && value.aggregation === "sum") return closed(over, value.column, value.where, grouped);
  if (value.aggregation === "sum") return sumWhere(own, column, value.where);
  return aggregated(value.aggregation, own.map((row) => (counts(row) ? column(row) : null)), type);
}

/** A part of a ratio: averages and counts of rows are added up. */
function part(name: string, where: Expression | null, { own, fact }: Grouped): Value {
  const aggregation = fact.measures.find((one) => one.name === name)?.aggregation ?? "sum";
  const column = columnOf(name);
  if (aggregation === "sum" || aggregation === "avg" || aggregation === "count") return sumWhere(own, column, where);
  const counts = conditionOf(where);
  return aggregated(aggregation, own.map((row) => (counts(row) ? column(row) : null)), { kind: "float" });
}

/** A balance, which is not added up over time: that of the last or first date, or the average, least or greatest of its sums by date. */
function closed({ role, how }: NonNullable<Measure["over"]>, name: string, where: Expression | null, { mart, fact, read, own, all }: Grouped): Value {
  const dateKey = fact.foreignKeys.find((one) => one.alias === role || one.role === role)?.name ?? fail("no such date");
  const [day, column, counts] = [columnOf(dateKey), columnOf(name), conditionOf(where)];
  const isDense = fact.periodic !== null;
  // Where everybody has a row on every date, dates are those of the time that the group is of, whoever has rows then.
  const shared = mart.groups.filter((one) => !isDense || (one.keys[0]?.kind === "attribute" && one.keys[0].foreignKey === dateKey));
  const first = own[0];
  const around = all.filter((row) => first !== undefined && counts(row) && shared.every((one) => sameValue(groupValue(one, read, row), groupValue(one, read, first))));
  const days = distinct((how === "first" ? around.filter((row) => toFloat(day(row)) > 0) : isDense || how === "last" ? around : own.filter(counts)).map(day));
  switch (how) {
    case "last":
    case "first": {
      const at = how === "last" ? days.at(-1) : days[0];
      return sum(own.flatMap((row) => (at !== undefined && counts(row) && sameValue(day(row), at) ? column(row) ?? [] : where === null ? [] : whole(0))));
    }
    case "avg": {
      const total = sumWhere(own, column, where);
      return total === null || days.length === 0 || !own.some(counts) ? null : toFloat(total) / days.length;
    }
    case "min":
    case "max": {
      const sums = distinct(own.filter(counts).map(day)).map((one) => sumWhere(own.filter((row) => sameValue(day(row), one)), column, where));
      return aggregated(how, sums, { kind: "decimal", precision: 38, scale: 9 });
    }
  }
}

/** A sum in which rows that do not count add nothing; those alone give zero. */
function sumWhere(rows: readonly Row[], column: (row: Row) => Value, where: Expression | null): Value {
  const counts = conditionOf(where);
  return sum(rows.flatMap((row) => (counts(row) ? column(row) ?? [] : whole(0))));
}

function conditionOf(where: Expression | null): (row: Row) => boolean {
  return (row) => where === null || evaluate(where, row) === true;
}

function columnOf(name: string): (row: Row) => Value {
  return (row) => row({ kind: "column", input: null, name, type: { kind: "string" } });
}

/** Values each once, in order. */
function distinct(values: readonly Value[]): readonly Exclude<Value, null>[] {
  const known = new Map(values.flatMap((one) => (one === null ? [] : [[keyText([one]), one] as const])));
  return [...known.values()].sort(compareValues);
}
