import type { Place, Pointer } from "../../../diagnostics/define.ts";
import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import type { CheckSpec } from "../../../spec/types.ts";
import { checkDiagnostics } from "../../diagnostics/checks.ts";
import { isName } from "../../names.ts";

/** Parameters of a check in their one spelling. */
export type Parameters = { readonly [name: string]: unknown };

type Kind = CheckSpec["type"];

/** What a kind of check takes: its parameters, one of which must be there (`needs`), and how it is written. */
interface CheckShape {
  readonly takes: readonly string[];
  readonly needs: readonly string[];
  readonly usage: string;
}

const bounds = { takes: ["min", "max"], needs: ["min", "max"] } as const;
const shapes: Readonly<Record<Kind, CheckShape>> = {
  not_null: { takes: [], needs: [], usage: "{type: not_null} at a column, at the table {type: not_null, params: {column: a}}" },
  unique: { takes: ["columns"], needs: [], usage: "{type: unique} at a column, at the table {type: unique, params: {columns: [a, b]}}" },
  range: { ...bounds, usage: "{type: range, params: {min: 0, max: 100}}" },
  enum: { takes: ["values"], needs: ["values"], usage: "{type: enum, params: {values: [new, paid]}}" },
  regex: { takes: ["pattern"], needs: ["pattern"], usage: "{type: regex, params: {pattern: \"^[A-Z]+$\"}}" },
  length: { ...bounds, usage: "{type: length, params: {min: 1, max: 40}}" },
  relationship: { takes: ["to", "columns", "to_columns"], needs: ["to"], usage: "{type: relationship, params: {to: shop.customers.id}} at a column, at the table {type: relationship, params: {columns: [a, b], to: shop.orders, to_columns: [a, b]}}" },
  freshness: { takes: ["hours"], needs: ["hours"], usage: "{type: freshness, params: {hours: 24}} at the table" },
  volume: { ...bounds, usage: "{type: volume, params: {min: 1}} at the table" },
  distribution: { takes: [], needs: [], usage: "" },
  reconciliation: { takes: [], needs: [], usage: "" },
  custom: { takes: ["expression", "test", "arguments"], needs: ["expression", "test"], usage: "{type: custom, params: {expression: \"amount >= 0\"}}, or params: {test: below, arguments: {ceiling: 10}} for a generic test of your own" },
};

/** What dbt itself says to a generic test, or reads where its arguments stand. */
const settings: ReadonlySet<string> = new Set([
  "model", "column_name", "name", "description", "config", "severity", "tags", "meta", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures", "store_failures_as", "database", "schema", "alias",
]);

/** Common spellings of parameters. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["min_value", "min"], ["minimum", "min"], ["min_length", "min"], ["min_rows", "min"], ["gte", "min"], ["max_value", "max"], ["maximum", "max"], ["max_length", "max"], ["max_rows", "max"], ["lte", "max"],
  ["accepted_values", "values"], ["allowed", "values"], ["allowed_values", "values"], ["regex", "pattern"], ["references", "to"], ["table", "to"], ["max_age_hours", "hours"], ["freshness_hours", "hours"],
  ["sql", "expression"], ["expr", "expression"], ["field", "to_column"], ["to_columns", "to_column"],
]);
const ofColumns: ReadonlySet<Kind> = new Set(["not_null", "range", "enum", "regex", "length", "relationship"]);
const ofTables: ReadonlySet<Kind> = new Set(["freshness", "volume"]);

/** The parameters of a check, or null where they are wrong (reported). A check of a column that stands at the table names it as `column`. */
export function readParameters(check: CheckSpec, atTable: boolean, origin: Origin, log: DiagnosticLog): Parameters | null {
  const shape = shapes[check.type];
  const refuse = (problem: string, place = origin, pointer: Pointer = "value"): null => refuseCheck(check.type, problem, { origin: place, pointer }, log);
  const params = spelled(check.params);
  if (!atTable && ofTables.has(check.type)) return refuse("is about the whole table and cannot stand at a column");
  const known = [...shape.takes.filter((one) => atTable || !one.endsWith("columns")), ...(atTable ? ["column"] : [])];
  const strange = Object.keys(params).find((name) => !known.includes(name));
  if (strange !== undefined) return refuse(`does not take '${strange}' (${didYouMean(strange, known)}it takes ${known.join(", ") || "nothing"})`, within(origin, "params", writtenAs(strange, check.params)), "key");
  const several = check.type === "relationship" && Array.isArray(params["columns"]) && params["columns"].length > 0;
  if (atTable && ofColumns.has(check.type) && typeof params["column"] !== "string" && !several) return refuse("stands at the table and must say column: in its params");
  if (atTable && check.type === "unique" && params["columns"] === undefined && params["column"] === undefined) return refuse("stands at the table and must say columns:");
  if (shape.needs.length > 0 && shape.needs.every((name) => params[name] === undefined)) return refuse(`needs ${shape.needs.join(" or ")}`);
  const wrong = wrongValue(check.type, params);
  return wrong === null ? params : refuse(wrong, within(origin, "params"));
}

/** Reports a check that cannot work, and how one of its kind is written where nothing else is to be done; always null, for `return refuseCheck(…)`. */
export function refuseCheck(kind: Kind, problem: string, place: Place, log: DiagnosticLog, instead: string | null = null): null {
  log.add(checkDiagnostics.report("invalid-check", place, { check: kind, problem, instead: instead ?? `write ${shapes[kind].usage}.` }));
  return null;
}

/** One spelling for all; `to` with a separate column is joined to `shop.customers.id`. */
function spelled(params: CheckSpec["params"]): Parameters {
  const all = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null).map(([name, value]) => [aliases.get(name) ?? name, value]));
  const { to_column, ...rest } = all;
  if (rest["columns"] !== undefined && to_column !== undefined) return { ...rest, to_columns: Array.isArray(to_column) ? to_column : [to_column] };
  const column: unknown = Array.isArray(to_column) ? to_column[0] : to_column;
  return column === undefined ? rest : { ...rest, to: `${String(rest["to"] ?? "")}.${String(column)}` };
}

function writtenAs(name: string, params: CheckSpec["params"]): string {
  return Object.keys(params).find((one) => one === name || aliases.get(one) === name) ?? name;
}

function wrongValue(kind: Kind, params: Parameters): string | null {
  const { min, max, values, pattern, columns, hours } = params;
  if (min !== undefined && max !== undefined && typeof min === typeof max && isBound(min) && isBound(max) && min > max) return `allows nothing: min ${min} is more than max ${max}`;
  if ((kind === "length" || kind === "volume") && [min, max].some((one) => one !== undefined && !isCount(one))) return "takes whole numbers from 0";
  if (kind === "range" && [min, max].some((one) => one !== undefined && !isBound(one))) return "takes numbers, or dates as texts";
  if (kind === "enum" && (!Array.isArray(values) || values.length === 0)) return "takes a list of values";
  if (kind === "regex" && (typeof pattern !== "string" || !isPattern(pattern))) return "takes a regular expression as text";
  if (kind === "unique" && columns !== undefined && (!Array.isArray(columns) || columns.length === 0)) return "takes a list of columns";
  if (kind === "custom") return wrongTest(params);
  return kind === "freshness" && !(typeof hours === "number" && hours > 0) ? "takes a number of hours" : null;
}

function wrongTest({ expression, test, arguments: given }: Parameters): string | null {
  if (test === undefined) return given === undefined ? null : "takes arguments only for a test";
  if (expression !== undefined) return "takes an expression or a test, not both";
  if (typeof test !== "string" || !isName(test)) return "takes the name of a generic dbt test: lower-case letters, digits and underscores";
  const names = typeof given === "object" && given !== null ? Object.keys(given) : [];
  const setting = names.find((name) => settings.has(name));
  if (setting !== undefined) return `takes no argument '${setting}', which dbt reads as a setting of the test`;
  const plain = typeof given === "object" && given !== null && !Array.isArray(given) && Object.entries(given).every(([name, value]) => isName(name) && ["string", "number", "boolean"].includes(typeof value));
  return given === undefined || plain ? null : "takes arguments as a mapping from names to texts, numbers, or true and false";
}

function isBound(value: unknown): value is string | number {
  return typeof value === "number" || typeof value === "string";
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== "";
  } catch {
    return false;
  }
}
