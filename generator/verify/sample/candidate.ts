import { sample, stringMatching } from "fast-check";
import { exactText } from "../../evaluate/number.ts";
import { dayText } from "../../evaluate/time.ts";
import { digits } from "../../model/logical-type.ts";
import type { Check, SourceColumn, SourceTable } from "../../model/source.ts";
import type { LogicalType } from "../../model/types.ts";
import type { Random } from "./random.ts";

/** What a candidate may depend on besides chance. */
export interface CandidateContext {
  readonly table: SourceTable;
  readonly random: Random;
  /** Day of the batch, as days since 1970. */
  readonly day: number;
  /** How many distinct values a text or whole number may have, so that values repeat. */
  readonly variety: number;
}

/**
 * Text of a value that the column could hold after cleaning, led by its checks (enum, range, regex, length); whether it conforms is checked
 * by the caller. Null where the type is none that sample data are made of.
 */
export function candidate(column: SourceColumn, context: CandidateContext): string | null {
  const { table, random } = context;
  const checks = table.checks.filter((one) => one.column === column.name);
  const listed = checks.find((one) => one.kind === "enum")?.params.values ?? [];
  if (listed.length > 0) return String(random.pick(listed));
  const pattern = checks.find((one) => one.kind === "regex")?.params.pattern;
  if (pattern !== undefined) return matching(pattern, random);
  return ofType(column.type, checks, context);
}

function ofType(type: LogicalType, checks: readonly Check[], context: CandidateContext): string | null {
  const { random, day } = context;
  switch (type.kind) {
    case "string": return sized(random.pick(words.slice(0, context.variety)), checks);
    case "integer":
    case "bigint": return String(random.whole(...rangeOf(checks, 0, Math.max(1, context.variety), 1)));
    case "decimal": return decimalText(type, checks, random);
    case "float": return String(random.whole(...rangeOf(checks, 0, 1000, 8)) / 8);
    case "boolean": return random.chance(0.5) ? "true" : "false";
    case "date": return dayText({ kind: "day", day: day - random.whole(0, 20) });
    case "timestamp":
    case "timestamp_ntz": return `${dayText({ kind: "day", day: day - random.whole(0, 3) })} ${clock(random)}`;
    case "time": return clock(random);
    case "uuid": return uuid(random);
    case "json": return JSON.stringify({ key: random.whole(1, 9) });
    case "array":
    case "struct":
    case "binary": return null;
  }
}

/** Texts that break what quotes, trims, splits or interprets them. */
const words = [
  "Anna", "O'Brien", "Zoë", "a|b", "x:1:y", " padded ", "{{ no }}", "null", "Łódź", "-", "no", "0123", "two  blanks", "100%", "under_score", "\"quoted\"", "back\\slash", "~", "#1", "Ωmega",
  ...Array.from({ length: 30 }, (_, index) => `Name ${index + 1}`),
];

function sized(word: string, checks: readonly Check[]): string {
  const { min, max } = checks.find((one) => one.kind === "length")?.params ?? {};
  const filled = word.padEnd(Number(min ?? 0), "x");
  return max === undefined ? filled : [...filled].slice(0, Number(max)).join("");
}

function decimalText(type: Extract<LogicalType, { kind: "decimal" }>, checks: readonly Check[], random: Random): string {
  const { precision, scale } = digits(type);
  const most = Math.min(2000, 10 ** (precision - scale) - 1);
  const shown = Math.min(scale, 4);
  const unit = 10 ** shown;
  const value = random.whole(...rangeOf(checks, 0, most, unit));
  return exactText({ kind: "exact", digits: BigInt(value), scale: shown });
}

/** Limits of a number in units of 1/`unit`; an open end lies 1,000 from the other. */
function rangeOf(checks: readonly Check[], low: number, high: number, unit: number): readonly [number, number] {
  const { min, max } = checks.find((one) => one.kind === "range")?.params ?? {};
  const from = min === undefined ? (max === undefined ? low : Math.min(low, Number(max) - 1000)) : Number(min);
  const to = max === undefined ? Math.max(high, from + (min === undefined ? 0 : 100)) : Number(max);
  return [Math.ceil(from * unit), Math.floor(to * unit)];
}

function matching(pattern: string, random: Random): string | null {
  const expression = compiled(pattern);
  if (expression === null) return null;
  return sample(stringMatching(expression, { maxLength: 24 }), { numRuns: 1, seed: random.whole(0, 1_000_000) })[0] ?? null;
}

function compiled(pattern: string): RegExp | null {
  try {
    return pattern.startsWith("(?i)") ? new RegExp(pattern.slice(4), "i") : new RegExp(pattern);
  } catch {
    return null;
  }
}

function clock(random: Random): string {
  const two = (high: number): string => String(random.whole(0, high)).padStart(2, "0");
  return `${two(23)}:${two(59)}:${two(59)}`;
}

function uuid(random: Random): string {
  const hex = (length: number): string => Array.from({ length }, () => random.whole(0, 15).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
