import type { DateDimension, TimeDimension } from "./dimension.ts";
import { scalar } from "./logical-type.ts";
import type { LogicalType } from "./types.ts";

/** The months as calendars, formats and their readers name them. */
export const monthNames: readonly string[] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** One column of a dimension that is built in. */
export interface CalendarColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
}

/** The columns of `dim_date`, in order (spec language, section What the warehouse looks like). */
export const calendarColumns: readonly CalendarColumn[] = [
  { name: "date_key", type: scalar("integer"), description: "Key of the day, yyyymmdd; -1 unknown, -2 not applicable." },
  { name: "date", type: scalar("date"), description: "The day." },
  { name: "year", type: scalar("integer"), description: "Calendar year." },
  { name: "quarter", type: scalar("integer"), description: "Quarter of the year, 1 to 4." },
  { name: "month", type: scalar("integer"), description: "Month of the year, 1 to 12." },
  { name: "month_name", type: scalar("string"), description: "English name of the month." },
  { name: "iso_week", type: scalar("integer"), description: "ISO week of the year, 1 to 53." },
  { name: "day_of_month", type: scalar("integer"), description: "Day of the month, 1 to 31." },
  { name: "day_of_week", type: scalar("integer"), description: "ISO day of the week, 1 Monday to 7 Sunday." },
  { name: "day_name", type: scalar("string"), description: "English name of the day." },
  { name: "is_weekend", type: scalar("boolean"), description: "True on Saturday and Sunday." },
  { name: "fiscal_year", type: scalar("integer"), description: "Fiscal year, named after the calendar year in which it ends." },
  { name: "fiscal_quarter", type: scalar("integer"), description: "Quarter of the fiscal year, 1 to 4." },
  { name: "fiscal_month", type: scalar("integer"), description: "Month of the fiscal year, 1 to 12." },
];

const timeColumns: readonly CalendarColumn[] = [
  { name: "time_key", type: scalar("integer"), description: "Key of the time of day, hhmm; -1 unknown, -2 not applicable." },
  { name: "time", type: scalar("time"), description: "The time of day." },
  { name: "time_name", type: scalar("string"), description: "The time of day as text." },
  { name: "hour", type: scalar("integer"), description: "Hour, 0 to 23." },
  { name: "minute", type: scalar("integer"), description: "Minute of the hour, 0 to 59." },
  { name: "day_part", type: scalar("string"), description: "Night (0 to 6), morning (6 to 12), afternoon (12 to 18) or evening (18 to 24)." },
];

/** The columns of a dimension that is built in, in order; the first one is its key. */
export function builtInColumns(dimension: DateDimension | TimeDimension): readonly CalendarColumn[] {
  if (dimension.kind === "date") return calendarColumns;
  if (dimension.grain === "minute") return timeColumns;
  return timeColumns.flatMap((one): readonly CalendarColumn[] => {
    if (one.name === "time_key") return [{ ...one, description: one.description.replace("hhmm", "hhmmss") }];
    return one.name === "minute" ? [one, { name: "second", type: scalar("integer"), description: "Second of the minute, 0 to 59." }] : [one];
  });
}

/** The key column of a dimension that is built in. */
export function builtInKey(dimension: DateDimension | TimeDimension): string {
  return `${dimension.entity}_key`;
}
