import type { LogicalType } from "../model/types.ts";
import { partName } from "./functions.ts";
import { formatPattern, type Directive, type FormatPart } from "./parse-format.ts";
import { postgresFunctions } from "./postgres-functions.ts";
import { postgresWords } from "./reserved-words.ts";
import { caseWhen, doubleQuoted, singleQuoted, toInstant, toLocal } from "./sql-text.ts";
import { strictConversions } from "./strict.ts";
import type { Dialect } from "./types.ts";

const types: Dialect["types"] = {
  string: "text",
  integer: "integer",
  bigint: "bigint",
  float: "double precision",
  boolean: "boolean",
  date: "date",
  time: "time",
  timestamp: "timestamp",
  timestamp_ntz: "timestamp",
  uuid: "uuid",
  json: "jsonb",
  binary: "bytea",
};

const strict = strictConversions({
  typeName,
  literal: singleQuoted,
  text: (sql) => `cast(${sql} as text)`,
  matches: (text, pattern) => `${text} ~ ${singleQuoted(pattern)}`,
  tryCast,
  read,
  toInstant,
});

const functions = postgresFunctions(strict);

/** PostgreSQL 16 and later (`pg_input_is_valid`), through dbt-postgres. */
export const postgres: Dialect = {
  name: "postgres",
  title: "PostgreSQL",
  adapter: { type: "postgres", requirement: "dbt-postgres==1.11.0", drivers: ["psycopg2-binary==2.9.13"] },
  types,
  typeName,
  identifierBytes: 63,
  systemColumns: new Set(["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]),
  reservedWords: postgresWords,
  quote: doubleQuoted,
  stringLiteral: singleQuoted,
  features: { qualify: false, isDistinctFrom: true, bytewiseText: false, enforcedConstraints: true, indexedKeys: true, singleWriter: false },
  ...strict,
  call: (name, args, argumentTypes, result) => functions[name](args, argumentTypes, result),
  divide: (left, right) => `cast(${left} as double precision) / ${right}`,
  productDigits: null,
  like: (text, pattern, negated) => `${text} ${negated ? "not like" : "like"} ${pattern}${pattern.includes("\\") || !pattern.startsWith("'") ? " escape ''" : ""}`,
  bytewise: (sql) => `${sql} collate "C"`,
  cast,
  // An interval is multiplied by a double, which holds whole microseconds exactly until the year 2255.
  fromEpoch: (sql, to) =>
    to === "date" ? `cast('1970-01-01' as date) + ${sql}` : `cast('1970-01-01' as timestamp) + cast(${sql} as double precision) * interval '1 microsecond'`,
  toInstant,
  toLocal,
  isTimestamp: null,
  keyText,
  md5: (sql) => `md5(${sql})`,
  sha256: (sql) => `encode(sha256(convert_to(${sql}, 'UTF8')), 'hex')`,
  dateKey: (sql) => `cast(to_char(${sql}, 'YYYYMMDD') as integer)`,
  addDays: (sql, days, type) => (type.kind === "date" ? `${sql} + ${days}` : `${sql} + interval '${days} days'`),
  numbers: (count) => `select cast(spine.number as integer) as number\nfrom generate_series(0, ${count - 1}) as spine (number)`,
  series: (from, to, period) =>
    `cast(\n    generate_series(\n        cast(${from} as timestamp),\n        cast(${to} as timestamp),\n        interval '1 ${period}'\n    ) as date\n)`,
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
  jsonPath,
  isJson: (sql) => `pg_input_is_valid(${sql}, 'jsonb')`,
  matches: (sql, pattern) => `${sql} ~ ${singleQuoted(pattern)}`,
  utcNow: "now() at time zone 'UTC'",
  profile: (project) => {
    const variable = (name: string): string => `${project.toUpperCase()}_PG_${name}`;
    const output = (schema: string) => ({
      type: "postgres",
      host: `{{ env_var('${variable("HOST")}') }}`,
      port: `{{ env_var('${variable("PORT")}', '5432') | as_number }}`,
      user: `{{ env_var('${variable("USER")}') }}`,
      password: `{{ env_var('${variable("PASSWORD")}') }}`,
      dbname: `{{ env_var('${variable("DBNAME")}') }}`,
      schema,
      threads: 4,
    });
    return { target: "dev", outputs: { dev: output(`{{ env_var('${variable("SCHEMA")}', 'dev') }}`), prod: output("public") } };
  },
  avoidAbove: { what: "held", gb: 1000 },
  retype: {
    attempt: (sql, type) => `case when pg_input_is_valid(cast(${sql} as text), '${type}') then cast(cast(${sql} as text) as ${type}) end`,
    readers: (relation, column) =>
      `(select count(*) from pg_depend inner join pg_attribute on attrelid = refobjid and attnum = refobjsubid where classid = 'pg_rewrite'::regclass and refobjid = '${relation}'::regclass and attname = '${column}')`,
    reported: { timestampwithouttimezone: "timestamp", timewithouttimezone: "time" },
  },
  ddl: {
    rebuild: { risk: "low", note: "dbt builds the table beside the old one, swaps them and drops the old one with CASCADE: views that others made on it, and grants on it, go with it." },
    add_column: { risk: "low", note: "The next run adds the column before it builds (migrate_stored_tables), which touches no row, but waits for every reader of the table (ACCESS EXCLUSIVE); stored rows hold NULL in it." },
    rename_column: { risk: "low", note: "The next run renames the column before it builds (migrate_stored_tables), waiting for every reader (ACCESS EXCLUSIVE); views follow." },
    rename_table: { risk: "low", note: "The next run renames the table before it builds (migrate_stored_tables), waiting for every reader (ACCESS EXCLUSIVE); views follow." },
    widen_column: { risk: "low", note: "The next run alters the type before it builds (migrate_stored_tables): most widenings rewrite the table under ACCESS EXCLUSIVE. Where a view reads the column, it stays for that view beside the new one." },
    retype_column: { risk: "high", note: "The next run casts the stored values before it builds (migrate_stored_tables), under ACCESS EXCLUSIVE. One that does not fit stops it, with nothing changed; where the cast would change values or a view reads the column, the old column stays beside the new one." },
    keep_column: { risk: "none", note: "dbt drops no column of a stored table: it stays, and is filled no more." },
    leave_table: { risk: "low", note: "dbt drops no table whose model is gone: it stays, with its last rows, and a DROP is refused while views read it." },
  },
  sqlfluff: "postgres",
  dlt: {
    destination: "postgres",
    requirement: "dlt[postgres]==1.31.0",
    credentials: (project) => {
      const variable = (name: string): string => `${project.toUpperCase()}_PG_${name}`;
      return [
        { argument: "host", variable: variable("HOST"), fallback: null, kind: "text", meaning: "Server of the warehouse." },
        { argument: "port", variable: variable("PORT"), fallback: "5432", kind: "text", meaning: "Its port." },
        { argument: "username", variable: variable("USER"), fallback: null, kind: "text", meaning: "User that builds the warehouse." },
        { argument: "password", variable: variable("PASSWORD"), fallback: null, kind: "secret", meaning: "Password of that user." },
        { argument: "database", variable: variable("DBNAME"), fallback: null, kind: "text", meaning: "Database of the warehouse." },
      ];
    },
  },
};

/** Arrays keep their shape; a struct has no counterpart but jsonb. */
function typeName(type: LogicalType): string {
  switch (type.kind) {
    case "decimal": return `numeric(${type.precision}, ${type.scale})`;
    case "array": return `${typeName(type.of)}[]`;
    case "struct": return "jsonb";
    default: return types[type.kind];
  }
}

function tryCast(text: string, type: string): string {
  return `case when pg_input_is_valid(${text}, '${type}') then cast(${text} as ${type}) end`;
}

/**
 * A text of a known format, put into the order that the engine's own input takes (year-month-day, English month names). Two
 * digits of a year stand for 1969 to 2068.
 */
function read(text: string, parts: readonly FormatPart[], _format: string, attempt: boolean): string {
  const letters = parts.flatMap((part) => (part.kind === "directive" ? [part.letter] : []));
  const type = letters.includes("z") ? "timestamptz" : "timestamp";
  const value = (century: string, pin: Readonly<Partial<Record<Directive, string>>>): string => {
    const iso = `regexp_replace(${text}, ${singleQuoted(formatPattern(parts, pin))}, ${singleQuoted(isoTemplate(letters, century))})`;
    return attempt ? tryCast(iso, type) : `cast(${iso} as ${type})`;
  };
  if (!letters.includes("y")) return value("", {});
  const last: Readonly<Partial<Record<Directive, string>>> = { y: "69|[7-9][0-9]" };
  return caseWhen([{ when: `${text} ~ ${singleQuoted(formatPattern(parts, last))}`, then: value("19", last) }], value("20", {}));
}

function isoTemplate(letters: readonly Directive[], century: string): string {
  const group = (before: string, ...choices: readonly Directive[]): string => {
    const at = letters.findIndex((letter) => choices.includes(letter));
    return at < 0 ? "" : `${before}\\${at + 1}`;
  };
  return [
    group(century, "Y", "y"), group("-", "m", "b", "B"), group("-", "d"),
    group(" ", "H", "I"), group(":", "M"), group(":", "S"), group(".", "f"), group(" ", "p"), group("", "z"),
  ].join("");
}

function cast(sql: string, from: LogicalType | null, to: LogicalType): string {
  if (from?.kind === "string" && to.kind !== "string") return strict.strictCast(sql, to);
  if (from !== null && from.kind !== "string" && to.kind === "string") return keyText(sql, from);
  // Through text a float rounds as the decimal it is written as: half away from zero, as on every engine.
  const exact = from?.kind === "float" && (to.kind === "decimal" || to.kind === "integer" || to.kind === "bigint");
  return exact ? `cast(cast(cast(${sql} as text) as numeric) as ${typeName(to)})` : `cast(${sql} as ${typeName(to)})`;
}

/**
 * One operator a step, as a path of PostgreSQL's own looks into lists by itself (`$.a` of `[{"a": 1}]`) and takes a lone object for one.
 * In brackets: `||` and `at time zone` bind as tightly, or more so.
 */
function jsonPath(sql: string, path: string): string {
  const steps = [...path.matchAll(/\.([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]+)\]/g)].map(([, name, index]) => (name === undefined ? String(index) : singleQuoted(name)));
  return `(cast(${sql} as jsonb) ${steps.map((step, at) => `${at === steps.length - 1 ? "->>" : "->"} ${step}`).join(" ")})`;
}

function keyText(sql: string, type: LogicalType): string {
  switch (type.kind) {
    case "string": return sql;
    case "decimal": return `cast(cast(${sql} as ${typeName(type)}) as text)`;
    case "date": return `to_char(${sql}, 'YYYY-MM-DD')`;
    case "timestamp":
    case "timestamp_ntz": return `to_char(${sql}, 'YYYY-MM-DD HH24:MI:SS.US')`;
    default: return `cast(${sql} as text)`;
  }
}
