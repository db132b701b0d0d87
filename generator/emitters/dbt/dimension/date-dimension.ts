import type { Dialect } from "../../../dialects/types.ts";
import { calendarColumns, monthNames } from "../../../model/calendar.ts";
import type { DateDimension } from "../../../model/dimension.ts";
import type { Cte, Select } from "../sql/query.ts";

/** The calendar: one row per day of the project's range, and the reserved days -1 (unknown) and -2 (not applicable). */
export function dateDimensionCtes(dimension: DateDimension, dialect: Dialect): readonly Cte[] {
  const values: Readonly<Record<string, string>> = { ...calendarParts(dialect), ...fiscalParts(dimension.fiscalYearStart) };
  const days: Select = { columns: calendarColumns.map(({ name }) => ({ sql: values[name] ?? name, as: name })), from: "dated" };
  return [
    { kind: "text", name: "days", sql: dialect.days(dimension.from, dimension.to) },
    { kind: "select", name: "dated", selects: [{ columns: datedColumns(dimension, dialect), from: "days" }] },
    { kind: "select", name: "final", selects: [days, reservedDay("-1", "Unknown", dialect), reservedDay("-2", "Not applicable", dialect)] },
  ];
}

function datedColumns(dimension: DateDimension, dialect: Dialect): Select["columns"] {
  const part = (name: Parameters<Dialect["datePart"]>[0], as: string) => ({ sql: dialect.datePart(name, "date_day"), as });
  const months = part("month", "").sql;
  return [
    { sql: "date_day", as: "date" },
    part("year", "year"),
    part("quarter", "quarter"),
    part("month", "month"),
    part("iso_week", "iso_week"),
    part("day", "day_of_month"),
    part("day_of_week", "day_of_week"),
    { sql: dimension.fiscalYearStart === 1 ? months : `mod(${months} + ${13 - dimension.fiscalYearStart}, 12) + 1`, as: "fiscal_month" },
  ];
}

function calendarParts(dialect: Dialect): Readonly<Record<string, string>> {
  return {
    date_key: dialect.dateKey("date"),
    month_name: named("month", monthNames),
    day_name: named("day_of_week", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    is_weekend: "day_of_week >= 6",
    fiscal_quarter: "cast(ceil(fiscal_month / 3.0) as integer)",
  };
}

/** A fiscal year is named after the calendar year in which it ends. */
function fiscalParts(start: number): Readonly<Record<string, string>> {
  return { fiscal_year: start === 1 ? "year" : `case when month >= ${start} then year + 1 else year end` };
}

function named(column: string, names: readonly string[]): string {
  return [`case ${column}`, ...names.map((name, index) => `    when ${index + 1} then '${name}'`), "end"].join("\n");
}

function reservedDay(key: string, label: string, dialect: Dialect): Select {
  const labelled = new Set(["month_name", "day_name"]);
  const columns = calendarColumns.map(({ name, type }) => {
    if (name === "date_key") return { sql: key, as: name };
    return { sql: labelled.has(name) ? `'${label}'` : `cast(null as ${dialect.typeName(type)})`, as: name };
  });
  return { columns, from: null };
}
