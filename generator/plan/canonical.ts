import { typeText } from "../model/logical-type.ts";
import type { LogicalType } from "../model/types.ts";

/** Kinds of expressions whose type follows from their parts. */
const TYPED: ReadonlySet<unknown> = new Set(["column", "literal", "binary", "unary", "is_null", "in", "between", "case", "call", "in_zone", "raw"]);

/**
 * A text that two values share exactly when they mean the same: keys in order, without the places where they are written, and
 * without the types that follow from what an expression reads (a type that changes is a change of its column).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const follows = "kind" in value && TYPED.has(value.kind);
  const entries = Object.entries(value).filter(([key, one]) => key !== "origin" && one !== undefined && !(follows && key === "type"));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}

/** Whether two values mean the same. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** Whether a type holds every value of another. */
export function widens(from: LogicalType, to: LogicalType): boolean {
  if (typeText(from) === typeText(to)) return true;
  // A scale that grows shows other digits, and changes the text that keys are hashed from.
  if (from.kind === "integer") return to.kind === "bigint" || (to.kind === "decimal" && to.scale === 0 && to.precision >= 10);
  if (from.kind === "bigint") return to.kind === "decimal" && to.scale === 0 && to.precision >= 19;
  if (from.kind !== "decimal" || to.kind !== "decimal") return false;
  return to.scale === from.scale && to.precision >= from.precision;
}
