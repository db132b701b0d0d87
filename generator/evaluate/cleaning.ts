import { hasOffset } from "../dialects/parse-format.ts";
import { offsetTimePattern } from "../dialects/text-patterns.ts";
import { scalar } from "../model/logical-type.ts";
import { epochDecimals, type CleanStep, type EpochUnit, type SourceColumn } from "../model/source.ts";
import { digest } from "../output/digest.ts";
import { trimmed } from "./call.ts";
import { canonicalText, castValue, parseValue } from "./cast.ts";
import { inCase } from "./letter-case.ts";
import { exactArithmetic, exactFromText, rescaled, toWhole } from "./number.ts";
import { exactOf, fail, attempt, type Exact, type Failure, type Value } from "./value.ts";
import { instantIn } from "./zone.ts";

/**
 * What staging makes of a raw text by the contract's cleaning steps and type (spec language, section Contract), before protection and
 * without moving wall-clock times to UTC. A failure where the value is to be refused.
 */
export function cleanedValue(column: SourceColumn, raw: string | null): { readonly value: Value } | Failure {
  return attempt(() => castValue(afterSteps(column, raw), column.type));
}

/**
 * The same with wall-clock times moved to UTC from the zone that they were written in (NULL where nobody says in which one), and protected as the contract says,
 * hashes with this salt.
 */
export function stagedValue(column: SourceColumn, raw: string | null, { zone, salt }: { readonly zone: string | null; readonly salt: string }): { readonly value: Value } | Failure {
  return attempt(() => {
    const cleaned = afterSteps(column, raw);
    if (!isWallClock(cleaned, column)) return protectedValue(castValue(cleaned, column.valueType), column, salt);
    const shown = castValue(cleaned, scalar("timestamp_ntz"));
    return protectedValue(shown === null || zone === null ? null : instantIn(shown, zone), column, salt);
  });
}

function protectedValue(value: Value, { protect }: SourceColumn, salt: string): Value {
  switch (protect) {
    case "none": return value;
    case "mask": return value === null ? null : "***";
    case "hash": return value === null ? null : digest(salt + canonicalText(value));
    case "drop": return fail("no column of staging");
  }
}

function afterSteps(column: SourceColumn, raw: string | null): Value {
  const start = column.physicalType === null ? raw : castValue(raw, column.physicalType);
  return column.clean.reduce<Value>((value, step) => apply(step, value, column), start);
}

/** Whether a value that went through the steps is what clocks of a zone showed: by default where it carries no offset. */
function isWallClock(value: Value, { zone, clean }: SourceColumn): boolean {
  const format = clean.findLast((one) => one.kind === "parse")?.format ?? null;
  switch (zone?.kind) {
    case undefined:
    case "local": return false;
    case "fixed":
    case "column": return format === null || !hasOffset(format) || fail("an offset and a zone");
    case "default": return format === null ? typeof value !== "string" || !new RegExp(offsetTimePattern, "u").test(value) : !hasOffset(format);
  }
}

function apply(step: CleanStep, value: Value, column: SourceColumn): Value {
  if (step.kind === "default") return value ?? constant(step.value);
  if (value === null) return null;
  const text = canonicalText(value);
  switch (step.kind) {
    case "trim": return trimmed(text, undefined, { start: true, end: true });
    case "squeeze": return text.replace(/[ \t\r\n\f\v]+/g, " ");
    case "lower": return inCase(text, "lower");
    case "upper": return inCase(text, "upper");
    case "nullif": return step.values.includes(text) ? null : text;
    case "replace": return step.search === "" ? text : text.replaceAll(step.search, () => step.by);
    case "map": return mapped(step, text);
    case "parse": return parseValue(text, step.format, column.zone === null ? column.type : scalar("timestamp_ntz"));
    case "epoch": return counted(step.unit, value);
    case "scale": return exactArithmetic("*", numberOf(value), exactFromText(step.factor) ?? fail("no factor"));
    case "json": return atPath(text, step.path);
  }
}

function mapped({ values, otherwise }: Extract<CleanStep, { kind: "map" }>, text: string): Value {
  const found = values.find(({ from }) => from === text);
  if (found !== undefined) return found.to;
  return otherwise === "keep" ? text : otherwise === "null" ? null : fail(`${text} is not mapped`);
}

function counted(unit: EpochUnit, value: Exclude<Value, null>): Value {
  if (unit === "days") return { kind: "day", day: Number(exactOf(castValue(value, { kind: "integer" })).digits) };
  const { digits, scale } = rescaled(numberOf(value), 9);
  return { kind: "instant", micros: toWhole({ kind: "exact", digits, scale: scale - epochDecimals[unit] }, "floor").digits };
}

function numberOf(value: Exclude<Value, null>): Exact {
  return exactOf(typeof value === "string" ? castValue(value, { kind: "decimal", precision: 28, scale: 9 }) : value);
}

function constant(value: string | number | boolean): Value {
  return typeof value === "boolean" ? value : String(value);
}

/** The scalar at `$.a.b`; anything else of a path is left to the warehouse. */
function atPath(text: string, path: string): Value {
  const keys = /^\$((?:\.[A-Za-z_][A-Za-z0-9_]*)+)$/.exec(path)?.[1]?.slice(1).split(".") ?? fail(`${path} is read by the warehouse only`);
  let value: unknown = parsed(text);
  for (const key of keys) value = typeof value === "object" && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? fail("no scalar at the path") : String(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("no JSON");
  }
}
