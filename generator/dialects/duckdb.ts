import type { LogicalType } from "../model/types.ts";
import { duckdbFunctions, guarded } from "./duckdb-functions.ts";
import { partName } from "./functions.ts";
import { duckdbWords } from "./reserved-words.ts";
import { doubleQuoted, singleQuoted, toInstant, toLocal } from "./sql-text.ts";
import { strictConversions } from "./strict.ts";
import type { Dialect } from "./types.ts";

const types: Dialect["types"] = {
  string: "varchar",
  integer: "integer",
  bigint: "bigint",
  float: "double",
  boolean: "boolean",
  date: "date",
  time: "time",
  timestamp: "timestamp",
  timestamp_ntz: "timestamp",
  uuid: "uuid",
  json: "json",
  binary: "blob",
};

const strict = strictConversions({
  typeName,
  literal: singleQuoted,
  text: (sql) => `cast(${sql} as varchar)`,
  matches: (text, pattern) => `regexp_matches(${text}, ${singleQuoted(pattern)})`,
  tryCast: (text, type) => `try_cast(${text} as ${type})`,
  read: (text, _parts, format, attempt) => `${attempt ? "try_strptime" : "strptime"}(${text}, ${singleQuoted(format)})`,
  toInstant,
});

const functions = duckdbFunctions({ ...strict, cast });

/** DuckDB 1.5, through dbt-duckdb. Sessions run in UTC and in the Gregorian calendar (the profile says so). */
export const duckdb: Dialect = {
  name: "duckdb",
  title: "DuckDB",
  adapter: { type: "duckdb", requirement: "dbt-duckdb==1.11.1", drivers: ["duckdb==1.5.6"] },
  types,
  typeName,
  identifierBytes: 255,
  systemColumns: new Set(),
  reservedWords: duckdbWords,
  quote: doubleQuoted,
  stringLiteral: singleQuoted,
  features: { qualify: true, isDistinctFrom: true, bytewiseText: true, enforcedConstraints: true, indexedKeys: false, singleWriter: true },
  ...strict,
  call: (name, args, argumentTypes, result) => functions[name](args, argumentTypes, result),
  divide: (left, right, neverZero = false) => `${left} / ${neverZero ? right : guarded(right)}`,
  productDigits: 18,
  like: (text, pattern, negated) => `${text} ${negated ? "not like" : "like"} ${pattern}`,
  bytewise: (sql) => sql,
  cast,
  fromEpoch: (sql, to) => (to === "date" ? `cast('1970-01-01' as date) + ${sql}` : `make_timestamp(cast(${sql} as bigint))`),
  toInstant,
  toLocal,
  isTimestamp: (sql, zoned) => `typeof(${sql}) = 'TIMESTAMP${zoned ? " WITH TIME ZONE" : ""}'`,
  keyText,
  md5: (sql) => `md5(${sql})`,
  sha256: (sql) => `sha256(${sql})`,
  dateKey,
  addDays: (sql, days, type) => (type.kind === "date" ? `${sql} + ${days}` : `${sql} + interval '${days} days'`),
  numbers: (count) => `select cast(spine.number as integer) as number\nfrom generate_series(0, ${count - 1}) as spine (number)`,
  series: (from, to, period) =>
    `cast(\n    unnest(generate_series(\n        cast(${from} as timestamp),\n        cast(${to} as timestamp),\n        interval '1 ${period}'\n    )) as date\n)`,
  days: (from, to) =>
    [
      "select cast(spine.day as date) as date_day",
      "from generate_series(",
      `    cast('${from}' as timestamp),`,
      `    cast('${to}' as timestamp),`,
      "    interval '1 day'",
      ") as spine (day)",
    ].join("\n"),
  datePart: (part, sql) => `cast(extract(${partName(part)} from ${sql}) as integer)`,
  squeeze: (sql) => `regexp_replace(${sql}, '[ \\t\\r\\n\\f\\v]+', ' ', 'g')`,
  jsonPath: (sql, path) => `json_extract_string(${sql}, ${singleQuoted(path)})`,
  isJson: (sql) => `json_valid(${sql})`,
  matches: (sql, pattern) => `regexp_matches(${sql}, ${singleQuoted(pattern)})`,
  utcNow: "cast(current_timestamp at time zone 'UTC' as timestamp)",
  profile: (project) => {
    const variable = `${project.toUpperCase()}_DUCKDB_PATH`;
    // Else the locale of the machine decides in which calendar the parts of an instant are counted: in Thailand it is 2569.
    const output = { type: "duckdb", threads: 4, settings: { Calendar: "gregorian", TimeZone: "UTC" } };
    return {
      target: "local",
      outputs: {
        local: { ...output, path: `{{ env_var('${variable}', '../warehouse.duckdb') }}` },
        prod: { ...output, path: `{{ env_var('${variable}') }}` },
      },
    };
  },
  avoidAbove: { what: "daily", gb: 100 },
  retype: { attempt: (sql, type) => `try_cast(${sql} as ${type})`, readers: () => "0", reported: {} },
  ddl: {
    rebuild: { risk: "none", note: "dbt builds the table beside the old one and swaps them; a view that reads it follows by name." },
    add_column: { risk: "none", note: "The next run adds the column before it builds (migrate_stored_tables), which touches no row; stored rows hold NULL in it." },
    rename_column: { risk: "low", note: "The next run renames the column before it builds (migrate_stored_tables); a view that reads the old name fails." },
    rename_table: { risk: "low", note: "The next run renames the table before it builds (migrate_stored_tables); a view that reads the old name fails." },
    widen_column: { risk: "low", note: "The next run alters the type before it builds (migrate_stored_tables), which rewrites the column." },
    retype_column: { risk: "high", note: "The next run casts the stored values before it builds (migrate_stored_tables). One that does not fit stops it, with nothing changed; where the cast would change values, the old column stays beside the new one." },
    keep_column: { risk: "none", note: "dbt drops no column of a stored table: it stays, and is filled no more." },
    leave_table: { risk: "low", note: "dbt drops no table whose model is gone: it stays, with its last rows, until somebody drops it." },
  },
  sqlfluff: "duckdb",
  dlt: {
    destination: "duckdb",
    requirement: "dlt[duckdb]==1.31.0",
    credentials: (project) => [
      { argument: "database", variable: `${project.toUpperCase()}_DUCKDB_PATH`, fallback: "../warehouse.duckdb", kind: "path", meaning: "File of the warehouse, relative to dbt/." },
    ],
  },
};

function typeName(type: LogicalType): string {
  switch (type.kind) {
    case "decimal": return `decimal(${type.precision}, ${type.scale})`;
    case "array": return `${typeName(type.of)}[]`;
    case "struct": return `struct(${type.fields.map((field) => `${doubleQuoted(field.name)} ${typeName(field.type)}`).join(", ")})`;
    default: return types[type.kind];
  }
}

/** Numbers out of the day are several times as fast as its text. */
function dateKey(sql: string): string {
  const line = `cast(year(${sql}) * 10000 + month(${sql}) * 100 + day(${sql}) as integer)`;
  return line.length <= 64 ? line : `cast(\n    year(${sql}) * 10000\n    + month(${sql}) * 100\n    + day(${sql}) as integer\n)`;
}

function cast(sql: string, from: LogicalType | null, to: LogicalType): string {
  if (from?.kind === "string" && to.kind !== "string") return strict.strictCast(sql, to);
  if (from !== null && from.kind !== "string" && to.kind === "string") return keyText(sql, from);
  // Through text a float rounds as the decimal it is written as: half away from zero, as on every engine.
  if (from?.kind === "float" && to.kind === "decimal") return `cast(cast(${sql} as varchar) as ${typeName(to)})`;
  if (from?.kind === "float" && (to.kind === "integer" || to.kind === "bigint")) return `cast(round(${sql}) as ${typeName(to)})`;
  return `cast(${sql} as ${typeName(to)})`;
}

function keyText(sql: string, type: LogicalType): string {
  switch (type.kind) {
    case "string": return sql;
    case "decimal": return `cast(cast(${sql} as ${typeName(withWholeDigit(type))}) as varchar)`;
    case "float": return `regexp_replace(cast(${sql} as varchar), '[.]0$', '')`;
    case "timestamp":
    case "timestamp_ntz": return `strftime(${sql}, '%Y-%m-%d %H:%M:%S.%f')`;
    default: return `cast(${sql} as varchar)`;
  }
}

/** Of a decimal without a digit before the point the engine writes `.5`. */
function withWholeDigit(type: Extract<LogicalType, { kind: "decimal" }>): LogicalType {
  return type.precision === type.scale ? { ...type, precision: Math.min(38, type.precision + 1) } : type;
}
