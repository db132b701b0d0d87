import { formatParts, formatPattern, type Directive } from "../dialects/parse-format.ts";
import { localTimePattern, offsetTimePattern, pointedWholePattern, textPattern } from "../dialects/text-patterns.ts";
import { isExact, isInteger } from "../model/logical-type.ts";
import type { LogicalType } from "../model/types.ts";
import { exactFromFloat, exactFromText, exactText, rescaled, toFloat } from "./number.ts";
import { dayFromParts, dayFromText, dayOf, dayText, instantFromText, instantOf, instantText, offsetSeconds } from "./time.ts";
import { fail, attempt, isDay, isExactValue, type Exact, type Failure, type Value } from "./value.ts";

/** The value as another type: texts strictly, decimals rounded half away from zero; NULL stays NULL. */
export function castValue(value: Value, to: LogicalType): Value {
  if (value === null) return null;
  if (to.kind === "string") return canonicalText(value);
  if (typeof value === "string") return fromText(value, to);
  switch (to.kind) {
    case "integer":
    case "bigint":
    case "decimal": return exactly(value, to);
    case "float": return toFloat(value);
    case "boolean": return typeof value === "boolean" ? value : fail("a number is no boolean on every engine");
    case "date": return dayOf(value);
    case "timestamp":
    case "timestamp_ntz": return instantOf(value);
    default: return fail(`no cast to ${to.kind}`);
  }
}

/** The value a text writes in a type (null is NULL), or a failure where it writes none. */
export function evaluateText(text: string | null, type: LogicalType): { readonly value: Value } | Failure {
  return attempt(() => castValue(text, type));
}

/** The canonical text of a value: what a cast to string and the key hash see. */
export function canonicalText(value: Exclude<Value, null>): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return floatText(value);
  if (isExactValue(value)) return exactText(value);
  return isDay(value) ? dayText(value) : instantText(value);
}

/** Zero times a negative float is -0, which engines print with its sign. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  return Math.abs(value) < 1e15 && (Math.abs(value) > 1e-4 || value === 0) ? String(value) : fail("engines write such a float differently");
}

/** An exact number within its type's digits. */
export function fits(value: Exact, type: LogicalType): Exact {
  const scaled = rescaled(value, type.kind === "decimal" ? type.scale : 0);
  const limit = type.kind === "decimal" ? 10n ** BigInt(type.precision) : type.kind === "integer" ? 2_147_483_648n : 9_223_372_036_854_775_808n;
  const low = type.kind === "decimal" ? -limit + 1n : -limit;
  return scaled.digits >= low && scaled.digits < limit ? scaled : fail(`out of range of ${type.kind}`);
}

function exactly(value: Exclude<Value, string | null>, to: LogicalType): Value {
  if (typeof value === "number") return fits(exactFromFloat(value), to);
  if (typeof value === "boolean") return fail("a boolean is no number on every engine");
  return isExactValue(value) ? fits(value, to) : fail("a time is no number");
}

function fromText(text: string, to: LogicalType): Value {
  if (to.kind === "timestamp") return matches(localTimePattern, text) || matches(offsetTimePattern, text) ? found(instantFromText(text), text, to) : refused(text, to);
  const pattern = textPattern(to);
  if (pattern === null) return fail(`no text is read as ${to.kind} here`);
  const pointed = isInteger(to) && matches(pointedWholePattern, text);
  if (!pointed && !matches(pattern, text)) return refused(text, to);
  if (isExact(to)) return fits(found(exactFromText(text), text, to), to);
  switch (to.kind) {
    case "float": return Number(text);
    case "boolean": return /^(true|t|yes|y|1)$/i.test(text);
    case "date": return found(dayFromText(text.slice(0, "2026-01-31".length)), text, to);
    case "timestamp_ntz": return found(instantFromText(text), text, to);
    case "uuid": return text.toLowerCase();
    default: return fail(`no text is read as ${to.kind} here`);
  }
}

/** Text in a strptime format as a date or time, strictly. */
export function parseValue(text: string, format: string, to: LogicalType): Value {
  const parts = formatParts(format) ?? fail(`${format} is read differently`);
  const match = regularExpression(formatPattern(parts)).exec(text);
  if (match === null) return refused(text, to);
  const fields = new Map<Directive, string>();
  const letters = parts.flatMap((one) => (one.kind === "directive" ? [one.letter] : []));
  letters.forEach((letter, index) => fields.set(letter, match[index + 1] ?? ""));
  const day = dayFromParts(yearOf(fields), monthOf(fields), Number(fields.get("d"))) ?? refused(text, to);
  if (to.kind === "date") return day;
  const minutes = hourOf(fields) * 60 + Number(fields.get("M") ?? 0);
  const seconds = BigInt(minutes * 60 + Number(fields.get("S") ?? 0) - offsetSeconds(fields.get("z") ?? "Z"));
  return { kind: "instant", micros: instantOf(day).micros + seconds * 1_000_000n + BigInt((fields.get("f") ?? "").padEnd(6, "0")) };
}

const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

function yearOf(fields: ReadonlyMap<Directive, string>): number {
  const short = Number(fields.get("y"));
  return fields.has("Y") ? Number(fields.get("Y")) : short < 69 ? 2000 + short : 1900 + short;
}

function monthOf(fields: ReadonlyMap<Directive, string>): number {
  const name = fields.get("b") ?? fields.get("B");
  return name === undefined ? Number(fields.get("m")) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
}

function hourOf(fields: ReadonlyMap<Directive, string>): number {
  if (!fields.has("I")) return Number(fields.get("H") ?? 0);
  return (Number(fields.get("I")) % 12) + (fields.get("p")?.toLowerCase() === "pm" ? 12 : 0);
}

function matches(pattern: string, text: string): boolean {
  return regularExpression(pattern).test(text);
}

/** Texts of few forms are read many times. */
function regularExpression(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? (pattern.startsWith("(?i)") ? new RegExp(pattern.slice(4), "iu") : new RegExp(pattern, "u"));
  expressions.set(pattern, known);
  return known;
}

const expressions = new Map<string, RegExp>();

function found<Found>(value: Found | null, text: string, to: LogicalType): Found {
  return value ?? refused(text, to);
}

function refused(text: string, to: LogicalType): never {
  return fail(`'${text}' is no ${to.kind}`);
}
