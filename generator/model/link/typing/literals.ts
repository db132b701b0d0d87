import type { Expression, Literal } from "../../expression.ts";
import { commonType, decimal, scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";

/** A number as written: integer, bigint, decimal of exactly its digits, or float where it has an exponent. */
export function numberLiteral(text: string): Literal {
  if (/[eE]/.test(text)) return { kind: "literal", type: scalar("float"), value: Number(text) };
  const [whole = "", fraction = ""] = text.split(".");
  const digits = whole.replace(/^0+(?=.)/, "") || "0";
  if (fraction !== "") return { kind: "literal", type: decimal(digits.replace(/^0$/, "").length + fraction.length, fraction.length), value: `${digits}.${fraction}` };
  const value = Number(digits);
  if (value <= 2147483647) return { kind: "literal", type: scalar("integer"), value };
  if (Number.isSafeInteger(value)) return { kind: "literal", type: scalar("bigint"), value };
  return { kind: "literal", type: digits.length <= 18 ? scalar("bigint") : decimal(digits.length, 0), value: digits };
}

/** True for an ISO date that exists, `2024-02-29`. */
export function isIsoDate(text: string): boolean {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year > 0 && day >= 1 && day <= days;
}

/** A date or timestamp literal in its one spelling (`2024-01-31 00:00:00`), or null where the text is none. */
export function temporalLiteral(kind: "date" | "timestamp" | "timestamp_ntz", text: string): Literal | null {
  if (kind === "date") return isIsoDate(text) ? { kind: "literal", type: scalar("date"), value: text } : null;
  const written = kind === "timestamp" ? text.replace(/Z$/, "") : text;
  const parts = /^(\S{10})(?:[ T]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(\.[0-9]{1,6})?)?)?$/.exec(written);
  const [, day = "", hour = "00", minute = "00", second = "00", fraction = ""] = parts ?? [];
  return isIsoDate(day) ? { kind: "literal", type: scalar(kind), value: `${day} ${hour}:${minute}:${second}${fraction}` } : null;
}

/** The same as a value: an instant written without Z is what the clock of the zone showed. */
export function zonedLiteral(kind: "date" | "timestamp" | "timestamp_ntz", text: string, zone: string): Expression | null {
  const literal = temporalLiteral(kind, text);
  if (literal === null || kind !== "timestamp" || zone === "UTC" || text.endsWith("Z")) return literal;
  return { kind: "in_zone", operand: { ...literal, type: scalar("timestamp_ntz") }, zone, type: scalar("timestamp") };
}

/**
 * The expression as a value of a type where that needs no conversion: NULL takes any type, a number literal a wider
 * one, a text literal the type of a date or timestamp when it is one in ISO form, a time without Z that of the zone. Null where it does not fit.
 */
export function fitted(expression: Expression, type: LogicalType, zone = "UTC"): Expression | null {
  if (expression.type === null) return expression.kind === "literal" ? { ...expression, type } : null;
  if (expression.kind === "literal" && expression.type.kind === "string" && typeof expression.value === "string") {
    if (type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz") return zonedLiteral(type.kind, expression.value, zone);
    if (type.kind === "uuid") return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(expression.value) ? { ...expression, type } : null;
  }
  return commonType(expression.type, type) === null ? null : expression;
}

/** The expression as a text: NULL, and values that have one text on every warehouse without anybody saying which; null for others. */
export function asText(expression: Expression): Expression | null {
  const string = scalar("string");
  const isPlain = expression.type !== null && ["integer", "bigint", "uuid", "date"].includes(expression.type.kind);
  return isPlain ? { kind: "cast", operand: expression, type: string } : fitted(expression, string);
}

/**
 * Several expressions brought to one type, or null where there is none. The first that is not a bare NULL or text
 * literal leads; the common type of all is the result's.
 */
export function unified(expressions: readonly Expression[], zone: string): { readonly expressions: readonly Expression[]; readonly type: LogicalType } | null {
  const leads = (one: Expression): boolean => one.type !== null && !(one.kind === "literal" && one.type.kind === "string");
  const lead = (expressions.find(leads) ?? expressions.find((one) => one.type !== null))?.type ?? null;
  if (lead === null) return { expressions, type: scalar("string") };
  let type: LogicalType = lead;
  const parts: Expression[] = [];
  for (const one of expressions) {
    const part = fitted(one, lead, zone);
    const common = part?.type == null ? null : commonType(part.type, type);
    if (part === null || common === null) return null;
    parts.push(part);
    type = common;
  }
  return { expressions: parts, type };
}
