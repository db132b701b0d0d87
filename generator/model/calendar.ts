import { scalar } from "./logical-type.ts";
import type { LogicalType } from "./types.ts";

/** One column of the calendar dimension. */
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
