import { compareExact, toFloat } from "./number.ts";
import { dayOf, instantOf } from "./time.ts";
import { fail, isDay, isExactValue, isInstant, type Value } from "./value.ts";

/** Order of two values of one type, neither NULL: negative, 0 or positive. Texts are compared by code point, false is before true. */
export function compareValues(left: Exclude<Value, null>, right: Exclude<Value, null>): number {
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  if (isExactValue(left) && isExactValue(right)) return compareExact(left, right);
  if (isNumber(left) && isNumber(right)) return toFloat(left) - toFloat(right);
  if (isDay(left) && isDay(right)) return dayOf(left).day - dayOf(right).day;
  if ((isDay(left) || isInstant(left)) && (isDay(right) || isInstant(right))) return sign(instantOf(left).micros - instantOf(right).micros);
  return fail("values of two types cannot be compared");
}

/** True where both are NULL or both are the same value. */
export function sameValue(left: Value, right: Value): boolean {
  return left === null || right === null ? left === right : compareValues(left, right) === 0;
}

/** Order of two values of one type: NULL is least. */
export function compareWithNull(left: Value, right: Value): number {
  return left === null || right === null ? Number(left !== null) - Number(right !== null) : compareValues(left, right);
}

/** Order of two lists of values by the first pair that differs. */
export function compareLists(left: readonly Value[], right: readonly Value[]): number {
  for (const [index, value] of left.entries()) {
    const order = compareWithNull(value, right[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** By code points, which is the order of UTF-8 bytes. */
function compareTexts(left: string, right: string): number {
  const [one, other] = [[...left], [...right]];
  for (const [index, character] of one.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (other[index]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function isNumber(value: Exclude<Value, null>): boolean {
  return typeof value === "number" || isExactValue(value);
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
