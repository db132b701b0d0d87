import type { Dialect } from "../../../dialects/types.ts";
import { sameType } from "../../../model/logical-type.ts";
import { epochDecimals, rawName, type CleanStep, type EpochUnit, type SourceColumn, type SourceTable } from "../../../model/source.ts";
import type { LogicalType } from "../../../model/types.ts";
import { identifier } from "../sql/expression.ts";
import { hasStrictCast, strictCast, type CastUse } from "./strict-casts.ts";

/** SQL of a column of staging over the raw row, and how it got there. */
export interface CleanedColumn {
  readonly sql: string;
  /** Conditions over the raw row under which a value could not be taken and became NULL (`onFailure: warn`). */
  readonly failures: readonly string[];
  /** Types that were cast to by a macro, so that exactly those macros are generated. */
  readonly casts: readonly CastUse[];
}

/** A value on its way through the steps; `type` null where the source's own type is unknown. */
interface State extends CleanedColumn {
  readonly type: LogicalType | null;
}

const text: LogicalType = { kind: "string" };

/** The cleaning of a contract's column, its cast, zone and protection, in the order of the spec language. */
export function cleanedColumn(column: SourceColumn, table: SourceTable, dialect: Dialect): CleanedColumn {
  const cleaned = beforeCast(column, table, dialect);
  const { sql, failures, casts } = protect(zoned(cleaned, column, table, dialect), column, dialect);
  return { sql, failures, casts };
}

function beforeCast(column: SourceColumn, table: SourceTable, dialect: Dialect): State {
  const start: State = { sql: identifier(rawName(column), dialect), type: rawType(column, table), failures: [], casts: [] };
  return column.clean.reduce((state, step) => apply(step, state, column, dialect), start);
}

/** SQL predicate over the raw row that finds the values which became NULL because nothing could be made of them; null where none can. */
export function cleaningFailures(column: SourceColumn, table: SourceTable, dialect: Dialect): string | null {
  const { failures } = cleanedColumn(column, table, dialect);
  return failures.length === 0 ? null : failures.join("\nor ");
}

/** Of a timestamp nobody knows whether it carries a zone: a strict cast of its text keeps the offset, a plain one may drop it. */
function rawType(column: SourceColumn, table: SourceTable): LogicalType | null {
  if (table.landing === "text") return text;
  return column.physicalType?.kind === "timestamp" ? null : column.physicalType;
}

function apply(step: CleanStep, state: State, column: SourceColumn, dialect: Dialect): State {
  switch (step.kind) {
    case "trim":
    case "lower":
    case "upper": return onText(state, dialect, (sql) => `${step.kind}(${sql})`);
    case "squeeze": return onText(state, dialect, dialect.squeeze);
    case "nullif": return onText(state, dialect, (sql) => withoutValues(sql, step.values.map(dialect.stringLiteral)));
    case "replace": return onText(state, dialect, (sql) => `replace(${sql}, ${dialect.stringLiteral(step.search)}, ${dialect.stringLiteral(step.by)})`);
    case "json": return atPath(step.path, asText(state, dialect), column, dialect);
    case "map": return mapped(step, asText(state, dialect), column, dialect);
    case "parse": return parsed(step.format, asText(state, dialect), column, dialect);
    case "epoch": return counted(step.unit, state, column, dialect);
    case "scale": return scaled(step.factor, state, column, dialect);
    case "default": return { ...state, sql: `coalesce(${state.sql}, ${constant(step.value, state.type, dialect)})` };
  }
}

function asText(state: State, dialect: Dialect): State {
  return state.type?.kind === "string" ? state : { ...state, sql: dialect.cast(state.sql, state.type, text), type: text };
}

function onText(state: State, dialect: Dialect, change: (sql: string) => string): State {
  const before = asText(state, dialect);
  return { ...before, sql: change(before.sql) };
}

/** `nullif` names its first argument twice, and DuckDB computes it twice: nested for each of several values, the work doubles with each. */
function withoutValues(sql: string, values: readonly string[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `nullif(${sql}, ${only})`;
  return ["case", `    when ${sql} not in (${values.join(", ")})`, `        then ${sql}`, "end"].join("\n");
}

/** A text that is no JSON fails the query, or is none where the contract only warns. */
function atPath(path: string, state: State, { onFailure }: SourceColumn, dialect: Dialect): State {
  const value = dialect.jsonPath(state.sql, path);
  if (onFailure === "fail") return { ...state, sql: value };
  const isJson = dialect.isJson(state.sql);
  return { ...state, sql: `case when ${isJson} then ${value} end`, failures: [...state.failures, `not ${isJson}`] };
}

function mapped(step: Extract<CleanStep, { kind: "map" }>, state: State, column: SourceColumn, dialect: Dialect): State {
  const { sql } = state;
  const branches = step.values.map((one) => `    when ${dialect.stringLiteral(one.from)} then ${dialect.stringLiteral(one.to)}`);
  const otherwise = { keep: sql, null: null, fail: column.onFailure === "fail" ? unmapped(sql, dialect) : null }[step.otherwise];
  const lines = [`case ${sql}`, ...branches, ...(otherwise === null ? [] : [`    else ${otherwise}`]), "end"];
  const known = step.values.map((one) => dialect.stringLiteral(one.from)).join(", ");
  const failures = step.otherwise === "fail" && column.onFailure === "warn" ? [`${sql} not in (${known})`] : [];
  return { ...state, sql: lines.join("\n"), failures: [...state.failures, ...failures] };
}

/** Text that cannot be is cast to a number, so that the query fails with it; NULL stays NULL. */
function unmapped(sql: string, dialect: Dialect): string {
  return `cast(cast('not mapped: ' || ${sql} as integer) as ${dialect.types.string})`;
}

function parsed(format: string, state: State, column: SourceColumn, dialect: Dialect): State {
  const zone = defaultZone(column, dialect);
  const type = column.zone === null || zone !== undefined ? column.valueType : localTime;
  const sql = column.onFailure === "fail" ? dialect.parse(state.sql, format, type, zone) : dialect.tryParse(state.sql, format, type, zone);
  return failing({ ...state, sql, type }, state.sql, column);
}

const localTime: LogicalType = { kind: "timestamp_ntz" };

/** SQL of the zone that values without an offset were written in; undefined where that is UTC, or the zone counts for all values. */
function defaultZone({ zone }: SourceColumn, dialect: Dialect): string | undefined {
  return zone?.kind === "default" ? dialect.stringLiteral(zone.name) : undefined;
}

/** Parts of a microsecond are cut off, so that no instant moves into the next second. */
function counted(unit: EpochUnit, state: State, column: SourceColumn, dialect: Dialect): State {
  if (unit === "days") {
    const whole = converted(state, { kind: "integer" }, column, dialect);
    return { ...whole, sql: dialect.fromEpoch(whole.sql, "date"), type: { kind: "date" } };
  }
  const number = converted(state, wide, column, dialect);
  const decimals = epochDecimals[unit];
  const factor = decimals < 0 ? `0.${"1".padStart(-decimals, "0")}` : `1${"0".repeat(decimals)}`;
  const micros = `floor(${number.sql}${decimals === 0 ? "" : ` * ${factor}`})`;
  return { ...number, sql: dialect.fromEpoch(micros, "timestamp"), type: { kind: "timestamp" } };
}

const wide: LogicalType = { kind: "decimal", precision: 28, scale: 9 };

/** Exact for decimals: cents times 0.01 never meet a float on their way. */
function scaled(factor: string, state: State, column: SourceColumn, dialect: Dialect): State {
  const number = state.type !== null && ["integer", "bigint", "decimal"].includes(state.type.kind) ? state : converted(state, wide, column, dialect);
  return { ...number, sql: dialect.cast(`${number.sql} * ${factor}`, null, column.valueType), type: column.valueType };
}

function zoned(state: State, column: SourceColumn, table: SourceTable, dialect: Dialect): State {
  const { zone } = column;
  if (zone === null || zone.kind === "local" || zone.kind === "default") return converted(state, column.valueType, column, dialect);
  const wall = converted(state, localTime, column, dialect);
  const told = zone.kind === "column" ? table.columns.find((one) => one.name === zone.column) : undefined;
  const name = zone.kind === "column" ? (told === undefined ? identifier(zone.column, dialect) : beforeCast(told, table, dialect).sql) : dialect.stringLiteral(zone.name);
  return { ...wall, sql: dialect.toInstant(wall.sql, name), type: column.valueType };
}

/** Casts where the type is another one or unknown. */
function converted(state: State, to: LogicalType, column: SourceColumn, dialect: Dialect): State {
  if (state.type !== null && sameType(state.type, to)) return state;
  const strict = state.type?.kind === "string" || (state.type === null && to.kind === "timestamp");
  if (!strict || !hasStrictCast(to)) return { ...state, sql: dialect.cast(state.sql, state.type, to), type: to };
  const zone = column.zone?.kind === "default" && to.kind === "timestamp" ? column.zone.name : null;
  const use: CastUse = { type: to, strictness: column.onFailure === "fail" ? "strict" : "try", zoned: zone !== null };
  const cast: State = { ...state, sql: strictCast(state.sql, use, zone), type: to, casts: [...state.casts, use] };
  return failing(cast, state.sql, column);
}

function failing(state: State, before: string, column: SourceColumn): State {
  if (column.onFailure === "fail") return state;
  return { ...state, failures: [...state.failures, `(${before} is not null and ${state.sql} is null)`] };
}

function protect(state: State, column: SourceColumn, dialect: Dialect): State {
  switch (column.protect) {
    case "none":
    case "drop": return state;
    case "mask": return { ...state, sql: `case when ${state.sql} is not null then '***' end`, type: text };
    case "hash": {
      const value = state.type === null || state.type.kind === "string" ? state.sql : dialect.keyText(state.sql, state.type);
      return { ...state, sql: dialect.sha256(`'{{ pii_salt() }}' || ${value}`), type: text };
    }
  }
}

/** Of an unknown type engines take a quoted value as one of that type, a bare one only where it is a number. */
function constant(value: string | number | boolean, type: LogicalType | null, dialect: Dialect): string {
  const literal = dialect.stringLiteral(String(value));
  if (type === null || type.kind === "string") return literal;
  const isBare = typeof value === "boolean" || (typeof value === "number" && type.kind !== "boolean");
  return isBare ? String(value) : `cast(${literal} as ${dialect.typeName(type)})`;
}
