import type { Aggregation } from "../model/fact.ts";
import type { LogicalType } from "../model/types.ts";
import { callValue } from "./call.ts";
import { canonicalText, castValue } from "./cast.ts";
import { compareValues } from "./compare.ts";
import { exactArithmetic, toFloat, whole } from "./number.ts";
import { isExactValue, type Value } from "./value.ts";

/** What an aggregate makes of the values of some rows, in the type of its column; NULL is none of them. For use within an `attempt`. */
export function aggregated(aggregation: Aggregation, values: readonly Value[], type: LogicalType): Value {
  const known = values.filter((one) => one !== null);
  switch (aggregation) {
    case "count": return castValue(whole(known.length), type);
    case "count_distinct": return castValue(whole(new Set(known.map(canonicalText)).size), type);
    case "sum": return castValue(sum(known), type);
    case "avg": return known.length === 0 ? null : castValue(mean(sum(known), known.length), type);
    case "median": return castValue(median(known), type);
    case "min": return castValue(callValue("least", known, type), type);
    case "max": return castValue(callValue("greatest", known, type), type);
  }
}

/** The sum; NULL of nothing. */
export function sum(values: readonly Exclude<Value, null>[]): Value {
  return values.reduce<Value>((total, one) => (total === null ? one : isExactValue(total) && isExactValue(one) ? exactArithmetic("+", total, one) : toFloat(total) + toFloat(one)), null);
}

/** The value in the middle, or the middle of the two there; NULL of nothing. */
function median(values: readonly Exclude<Value, null>[]): Value {
  const sorted = [...values].sort(compareValues);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? null : mean(sum([lower, upper]), 2);
}

/** Of exact numbers the nearest float of the exact mean. */
function mean(total: Value, count: number): number {
  return isExactValue(total) ? Number(total.digits) / (count * 10 ** total.scale) : toFloat(total) / count;
}
