import type { Syntax } from "./syntax.ts";

/**
 * What a function of some warehouse is short for, in forms that all have: `iff(a, b, c)` is a `case`, `date(x)` a cast. Null where
 * the name is not short for anything, or not with so many arguments.
 */
export function longForm(name: string, [first, second, third, ...more]: readonly Syntax[]): Syntax | null {
  if (first === undefined) return null;
  if (second === undefined) return ofOne.get(name)?.(first) ?? null;
  if (third === undefined) return ofTwo.get(name)?.(first, second) ?? null;
  return more.length === 0 ? (ofThree.get(name)?.(first, second, third) ?? null) : null;
}

type OfOne = (value: Syntax) => Syntax;
type OfTwo = (first: Syntax, second: Syntax) => Syntax | null;
type OfThree = (first: Syntax, second: Syntax, third: Syntax) => Syntax | null;

const zero: Syntax = { kind: "number", text: "0" };

const ofOne: ReadonlyMap<string, OfOne> = new Map<string, OfOne>([
  ["date", asDate],
  ["to_date", asDate],
  ["to_char", asText],
  ["to_varchar", asText],
  ["last_day", (value) => moved("-", 1, "day", moved("+", 1, "month", call("date_trunc", text("month"), asDate(value))))],
  ["isnull", (operand) => ({ kind: "is", operand, what: "null", negated: false })],
  ["zeroifnull", (value) => call("coalesce", value, zero)],
  ["nullifzero", (value) => call("nullif", value, zero)],
]);

const ofTwo: ReadonlyMap<string, OfTwo> = new Map<string, OfTwo>([
  ["isnull", (value, other) => call("coalesce", value, other)],
  ["equal_null", (left, right) => ({ kind: "binary", operator: "is not distinct from", left, right })],
  ["safe_divide", (left, right) => ({ kind: "binary", operator: "/", left, right: call("nullif", right, zero) })],
  ["starts_with", startsWith],
  ["startswith", startsWith],
  ["ends_with", endsWith],
  ["endswith", endsWith],
  ["contains", (value, part) => ({ kind: "binary", operator: ">", left: call("strpos", value, part), right: zero })],
  ["charindex", (part, value) => call("strpos", value, part)],
  ["locate", (part, value) => call("strpos", value, part)],
  ["strftime", (one, other) => (one.kind === "string" ? call("to_char", other, one) : call("to_char", one, other))],
  ["format_date", (format, value) => call("to_char", value, format)],
  ["format_datetime", (format, value) => call("to_char", value, format)],
  ["format_timestamp", (format, value) => call("to_char", value, format)],
  ...["date_trunc", "datetime_trunc", "timestamp_trunc"].map((name): [string, OfTwo] => [name, truncatedTo]),
  ["parse_date", (format, value) => call("to_date", value, format)],
  ...["date_add", "datetime_add", "timestamp_add"].map((name): [string, OfTwo] => [name, (value, by) => byInterval("+", value, by)]),
  ...["date_sub", "datetime_sub", "timestamp_sub"].map((name): [string, OfTwo] => [name, (value, by) => byInterval("-", value, by)]),
]);

const ofThree: ReadonlyMap<string, OfThree> = new Map<string, OfThree>([
  ["if", (when, then, otherwise) => cases(when, then, otherwise)],
  ["iff", (when, then, otherwise) => cases(when, then, otherwise)],
  ["date_diff", (to, from, unit) => (unitOf(to) === null && unitOf(unit) !== null ? call("date_diff", text(unitOf(unit) ?? ""), from, to) : null)],
  ["nvl2", (operand, then, otherwise) => cases({ kind: "is", operand, what: "null", negated: true }, then, otherwise)],
]);

function asDate(operand: Syntax): Syntax {
  return { kind: "cast", operand, type: "date" };
}

function asText(operand: Syntax): Syntax {
  return { kind: "cast", operand, type: "string" };
}

function startsWith(value: Syntax, part: Syntax): Syntax {
  return { kind: "binary", operator: "=", left: call("left", value, lengthOf(part)), right: part };
}

function endsWith(value: Syntax, part: Syntax): Syntax {
  return { kind: "binary", operator: "=", left: call("right", value, lengthOf(part)), right: part };
}

function lengthOf(part: Syntax): Syntax {
  return part.kind === "string" ? { kind: "number", text: String([...part.text].length) } : call("length", part);
}

/** `date_add(x, interval 7 day)`; without an interval it is the function of that name, with other arguments. */
function byInterval(operator: "+" | "-", left: Syntax, right: Syntax): Syntax | null {
  return right.kind === "interval" ? { kind: "binary", operator, left, right } : null;
}

/** `date_trunc(x, month)`; with the unit in front it is the function itself. */
function truncatedTo(value: Syntax, by: Syntax): Syntax | null {
  const unit = unitOf(by);
  return unit === null || unitOf(value) !== null ? null : call("date_trunc", text(unit), value);
}

/** The unit that a bare name or a text is. A week is none of them where it stands last: there it begins on Sundays. */
function unitOf(syntax: Syntax): string | null {
  const word = (syntax.kind === "string" ? syntax.text : syntax.kind === "name" && syntax.parts.length === 1 ? (syntax.parts[0] ?? "") : "").toLowerCase();
  return units.get(word) ?? null;
}

const units: ReadonlyMap<string, string> = new Map([...["year", "quarter", "month", "day", "hour", "minute", "second"].map((one) => [one, one] as const), ["isoweek", "week"]]);

function moved(operator: "+" | "-", count: number, unit: string, left: Syntax): Syntax {
  return { kind: "binary", operator, left, right: { kind: "interval", count, unit } };
}

function cases(when: Syntax, then: Syntax, otherwise: Syntax): Syntax {
  return { kind: "case", operand: null, branches: [{ when, then }], otherwise };
}

function call(name: string, ...values: readonly Syntax[]): Syntax {
  return { kind: "call", name, arguments: values };
}

function text(value: string): Syntax {
  return { kind: "string", text: value };
}
