import type { Dialect } from "../../../dialects/types.ts";
import { builtInColumns } from "../../../model/calendar.ts";
import type { TimeDimension } from "../../../model/dimension.ts";
import type { Cte, Select } from "../sql/query.ts";

/** The times of a day: one row per minute or second, and the reserved times -1 (unknown) and -2 (not applicable). */
export function timeDimensionCtes(dimension: TimeDimension, dialect: Dialect): readonly Cte[] {
  const columns = builtInColumns(dimension);
  const values = dimension.grain === "minute" ? minuteParts(dialect) : secondParts(dialect);
  const times: Select = { columns: columns.map(({ name }) => ({ sql: values[name] ?? name, as: name })), from: "timed" };
  const parts: Readonly<Record<string, string>> = dimension.grain === "minute" ? hourAndMinute : hourMinuteAndSecond;
  return [
    { kind: "text", name: "ticks", sql: dialect.numbers(dimension.grain === "minute" ? 1440 : 86_400) },
    { kind: "select", name: "timed", selects: [{ columns: Object.entries(parts).map(([as, sql]) => ({ sql: `cast(${sql} as ${dialect.types.integer})`, as })), from: "ticks" }] },
    { kind: "select", name: "final", selects: [times, reservedTime("-1", "Unknown"), reservedTime("-2", "Not applicable")] },
  ];

  function reservedTime(key: string, label: string): Select {
    const labelled = new Set(["time_name", "day_part"]);
    const row = columns.map(({ name, type }) => {
      if (name === "time_key") return { sql: key, as: name };
      return { sql: labelled.has(name) ? `'${label}'` : `cast(null as ${dialect.typeName(type)})`, as: name };
    });
    return { columns: row, from: null };
  }
}

const hourAndMinute = { hour: "floor(number / 60.0)", minute: "mod(number, 60)" } as const;
const hourMinuteAndSecond = { hour: "floor(number / 3600.0)", minute: "floor(mod(number, 3600) / 60.0)", second: "mod(number, 60)" } as const;

function minuteParts(dialect: Dialect): Readonly<Record<string, string>> {
  const name = `${padded("hour", dialect)}\n|| ':'\n|| ${padded("minute", dialect)}`;
  return { time_key: "hour * 100 + minute", time: asTime(`${name}\n|| ':00'`, dialect), time_name: name, day_part };
}

function secondParts(dialect: Dialect): Readonly<Record<string, string>> {
  const name = ["hour", "minute", "second"].map((one) => padded(one, dialect)).join("\n|| ':'\n|| ");
  return { time_key: "hour * 10000 + minute * 100 + second", time: asTime(name, dialect), time_name: name, day_part };
}

function padded(column: string, dialect: Dialect): string {
  return `lpad(cast(${column} as ${dialect.types.string}), 2, '0')`;
}

function asTime(text: string, dialect: Dialect): string {
  return `cast(\n    ${text.replaceAll("\n", "\n    ")} as ${dialect.types.time}\n)`;
}

const day_part = [
  "case",
  "    when hour < 6 then 'Night'",
  "    when hour < 12 then 'Morning'",
  "    when hour < 18 then 'Afternoon'",
  "    else 'Evening'",
  "end",
].join("\n");
