import type { FunctionName } from "../model/expression.ts";
import type { LogicalType } from "../model/types.ts";
import { boundaries, moved, part, truncate } from "./calendar.ts";
import { parseValue } from "./cast.ts";
import { compareValues, sameValue } from "./compare.ts";
import { inCase } from "./letter-case.ts";
import { exactArithmetic, exactFromFloat, rescaled, toFloat, toWhole, whole } from "./number.ts";
import { shownTime } from "./shown-time.ts";
import { civilDay, dayOf } from "./time.ts";
import { exactOf, fail, isExactValue, textOf, type Day, type Exact, type Instant, type Value } from "./value.ts";

/** A function over values none of which is NULL. */
type Compute = (values: readonly Exclude<Value, null>[]) => Value;

/** The value of a call, as every dialect gives it. The type is that of the result. */
export function callValue(name: FunctionName, values: readonly Value[], type: LogicalType): Value {
  switch (name) {
    case "coalesce": return values.find((one) => one !== null) ?? null;
    case "nullif": return values[0] === undefined || values[0] === null || sameValue(values[0], values[1] ?? null) ? null : values[0];
    case "greatest": return extreme(values, 1);
    case "least": return extreme(values, -1);
    case "concat": return values.map((one) => (one === null ? "" : textOf(one))).join("");
    case "concat_ws": return separated(values[0] ?? null, values.slice(1));
    case "mod": return modulo(values[0] ?? null, values[1] ?? null);
    case "current_date": return fail("current_date depends on the day");
    default: {
      const known = values.filter((one) => one !== null);
      return known.length < values.length ? null : functions(type)[name](known);
    }
  }
}

/** Texts with a separator between them; NULL is left out together with its separator. */
function separated(separator: Value, values: readonly Value[]): Value {
  return separator === null ? null : values.flatMap((one) => (one === null ? [] : textOf(one))).join(textOf(separator));
}

function functions(type: LogicalType): Readonly<Record<Exclude<FunctionName, "coalesce" | "nullif" | "greatest" | "least" | "concat" | "concat_ws" | "mod" | "current_date">, Compute>> {
  return {
    ...textFunctions,
    ...numberFunctions,
    date_trunc: ([unit, value]) => truncate(textOf(unit ?? null), value ?? null),
    date_part: ([unit, value]) => whole(part(textOf(unit ?? null), value ?? null)),
    date_add: ([unit, count, value]) => inCalendar(moved(textOf(unit ?? null), small(exactOf(count ?? null).digits), value ?? null)),
    date_diff: ([unit, from, to]) => whole(boundaries(textOf(unit ?? null), from ?? null, to ?? null)),
    to_date: ([text, format]) => parseValue(textOf(text ?? null), textOf(format ?? null), type),
    to_char: ([value, format]) => shownTime(value ?? null, textOf(format ?? null)),
  };
}

const textFunctions = {
  lower: ([text]: readonly Value[]) => inCase(textOf(text ?? null), "lower"),
  upper: ([text]: readonly Value[]) => inCase(textOf(text ?? null), "upper"),
  trim: ([text, characters]: readonly Value[]) => trimmed(textOf(text ?? null), characters, { start: true, end: true }),
  ltrim: ([text, characters]: readonly Value[]) => trimmed(textOf(text ?? null), characters, { start: true, end: false }),
  rtrim: ([text, characters]: readonly Value[]) => trimmed(textOf(text ?? null), characters, { start: false, end: true }),
  length: ([text]: readonly Value[]) => whole([...textOf(text ?? null)].length),
  substring: ([text, start, length]: readonly Value[]) => {
    const from = count(start ?? null);
    const size = length === undefined ? undefined : count(length);
    if (from < 1 || (size ?? 0) < 0) return fail("engines count from before the start differently");
    return [...textOf(text ?? null)].slice(from - 1, size === undefined ? undefined : from - 1 + size).join("");
  },
  replace: ([text, search, by]: readonly Value[]) => (textOf(search ?? null) === "" ? textOf(text ?? null) : textOf(text ?? null).replaceAll(textOf(search ?? null), () => textOf(by ?? null))),
  left: ([text, size]: readonly Value[]) => [...textOf(text ?? null)].slice(0, count(size ?? null)).join(""),
  right: ([text, size]: readonly Value[]) => {
    const [characters, wanted] = [[...textOf(text ?? null)], count(size ?? null)];
    return characters.slice(wanted < 0 ? -wanted : Math.max(0, characters.length - wanted)).join("");
  },
  split_part: ([text, separator, index]: readonly Value[]) => {
    const at = count(index ?? null);
    if (at < 1 || textOf(separator ?? null) === "") return fail("engines split by nothing differently");
    return textOf(text ?? null).split(textOf(separator ?? null))[at - 1] ?? "";
  },
  strpos: ([text, search]: readonly Value[]) => {
    const within = textOf(text ?? null);
    const at = within.indexOf(textOf(search ?? null));
    return whole(at < 0 ? 0 : [...within.slice(0, at)].length + 1);
  },
  lpad: ([text, size, fill]: readonly Value[]) => padded(textOf(text ?? null), size, fill, "start"),
  rpad: ([text, size, fill]: readonly Value[]) => padded(textOf(text ?? null), size, fill, "end"),
} as const;

const numberFunctions = {
  abs: ([value]: readonly Value[]) => (typeof value === "number" ? Math.abs(value) : absolute(exactOf(value ?? null))),
  round: ([value, places]: readonly Value[]) => {
    const scale = places === undefined ? 0 : count(places);
    if (typeof value === "number") return toFloat(roundedTo(rescaled(exactFromFloat(value), 12), scale));
    return roundedTo(exactOf(value ?? null), scale);
  },
  sign: ([value]: readonly Value[]) => whole(Math.sign(compareValues(value ?? whole(0), whole(0)))),
  floor: ([value]: readonly Value[]) => (typeof value === "number" ? Math.floor(value) : toWhole(exactOf(value ?? null), "floor")),
  ceil: ([value]: readonly Value[]) => (typeof value === "number" ? Math.ceil(value) : toWhole(exactOf(value ?? null), "ceil")),
  trunc: ([value]: readonly Value[]) => (typeof value === "number" ? Math.trunc(value) : toWhole(exactOf(value ?? null), exactOf(value ?? null).digits < 0n ? "ceil" : "floor")),
  exp: () => fail(LAST_DIGIT),
  ln: () => fail(LAST_DIGIT),
  log10: () => fail(LAST_DIGIT),
  sqrt: ([value]: readonly Value[]) => finite(Math.sqrt(toFloat(value ?? null))),
  power: ([base, exponent]: readonly Value[]) => finite(toFloat(base ?? null) ** toFloat(exponent ?? null)),
} as const;

const LAST_DIGIT = "its last digit is the warehouse's own";

/** Without the blanks, or other characters, that a text begins or ends with. Blanks such as the no-break one are taken by some engines only. */
export function trimmed(text: string, characters: Value | undefined, sides: { readonly start: boolean; readonly end: boolean }): string {
  if (characters === undefined && /^(?! )\p{Zs}|(?! )\p{Zs}$/u.test(text.replace(/^ +| +$/g, ""))) return fail("engines take other blanks differently");
  const taken = new Set(characters === undefined ? [" "] : textOf(characters));
  const kept = [...text];
  const first = sides.start ? kept.findIndex((one) => !taken.has(one)) : 0;
  const last = sides.end ? kept.findLastIndex((one) => !taken.has(one)) : kept.length - 1;
  return first < 0 ? "" : kept.slice(first, last + 1).join("");
}

/** A text filled up to a length, or cut to it at its end. */
function padded(text: string, size: Value | undefined, fill: Value | undefined, side: "start" | "end"): string {
  const [characters, wanted, filling] = [[...text], Math.max(0, count(size ?? null)), [...(fill === undefined ? " " : textOf(fill))]];
  if (wanted <= characters.length) return characters.slice(0, wanted).join("");
  if (filling.length === 0 || wanted > LONGEST) return fail("engines fill such a text differently, or not at all");
  const added = Array.from({ length: wanted - characters.length }, (_, index) => filling[index % filling.length] ?? "").join("");
  return side === "start" ? added + text : text + added;
}

/** Longer texts are not worth computing here. */
const LONGEST = 10_000;

/** The remainder with the sign of the dividend; by zero it fails. */
export function remainder(left: Value, right: Value): Value {
  if (isExactValue(left) && isExactValue(right)) return exactArithmetic("%", left, right);
  const divisor = toFloat(right);
  return divisor === 0 ? fail("division by zero") : toFloat(left) % divisor;
}

/** By zero it fails even of NULL: engines take that differently. */
function modulo(left: Value, right: Value): Value {
  if (right === null) return null;
  const result = remainder(left ?? whole(0), right);
  return left === null ? null : result;
}

function roundedTo(value: Exact, places: number): Exact {
  if (places >= 0) return rescaled(value, places);
  const unit = 10n ** BigInt(-places);
  return whole(rescaled({ ...value, scale: value.scale - places }, 0).digits * unit);
}

function absolute(value: Exact): Exact {
  return { ...value, digits: value.digits < 0n ? -value.digits : value.digits };
}

function extreme(values: readonly Value[], direction: 1 | -1): Value {
  const known = values.filter((one) => one !== null);
  return known.reduce<Value>((best, one) => (best === null || compareValues(one, best) * direction > 0 ? one : best), null);
}

function count(value: Value): number {
  return Number(exactOf(value).digits);
}

/** Engines count in 32 bits here. */
function small(count: bigint): bigint {
  return count >= -2_147_483_648n && count < 2_147_483_648n ? count : fail("a count beyond 32 bits");
}

/** Years before 1 have no one name. */
function inCalendar<Time extends Day | Instant>(value: Time): Time {
  const { year } = civilDay(dayOf(value).day);
  return year >= 1 && year <= 9999 ? value : fail("engines write such a year differently");
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : fail("no finite number");
}
