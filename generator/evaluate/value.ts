/**
 * A value of an expression. Whole numbers and decimals are exact, floats are numbers, a day counts from 1970-01-01, an instant
 * (and wall-clock time alike) is in microseconds from then; times and uuids are their text.
 */
export type Value = null | boolean | string | number | Exact | Day | Instant;

/** `digits` × 10^-`scale`. */
export interface Exact {
  readonly kind: "exact";
  readonly digits: bigint;
  readonly scale: number;
}

/** Days since 1970-01-01. */
export interface Day {
  readonly kind: "day";
  readonly day: number;
}

/** Microseconds since 1970-01-01 00:00. */
export interface Instant {
  readonly kind: "instant";
  readonly micros: bigint;
}

/** Why a value cannot be computed: the warehouse would raise here, or engines give different values. */
export interface Failure {
  readonly failure: string;
}

/** Ends an evaluation; `attempt` catches it and gives a `Failure`. */
export function fail(why: string): never {
  throw Object.assign(new Error(why), { evaluation: true });
}

/** The value that a computation gives, or the failure that ended it; bugs of ours are thrown on. */
export function attempt<Result = Value>(compute: () => Result): { readonly value: Result } | Failure {
  try {
    return { value: compute() };
  } catch (error) {
    if (error instanceof Error && "evaluation" in error) return { failure: error.message };
    throw error;
  }
}

/** The value as text, or a failure where it is none. */
export function textOf(value: Value): string {
  return typeof value === "string" ? value : fail("not a text");
}

/** The value as an exact number. */
export function exactOf(value: Value): Exact {
  return isExactValue(value) ? value : fail("not an exact number");
}

/** True for whole numbers and decimals. */
export function isExactValue(value: Value): value is Exact {
  return typeof value === "object" && value !== null && value.kind === "exact";
}

/** True for days. */
export function isDay(value: Value): value is Day {
  return typeof value === "object" && value !== null && value.kind === "day";
}

/** True for instants. */
export function isInstant(value: Value): value is Instant {
  return typeof value === "object" && value !== null && value.kind === "instant";
}
