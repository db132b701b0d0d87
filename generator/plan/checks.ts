import type { Origin } from "../diagnostics/origin.ts";
import type { Check, SourceTable } from "../model/source.ts";
import { canonical, same } from "./canonical.ts";
import { shown } from "./shown.ts";
import type { Finding } from "./types.ts";

/**
 * What changed in the checks of a contract. A check that is new, or takes fewer values, may fail on rows that are there;
 * one that is gone promises less. `required` names columns whose emptiness is told already.
 */
export function checkChanges(before: SourceTable, after: SourceTable, required: ReadonlySet<string>): readonly Finding[] {
  const [old, now] = [byIdentity(before, required), byIdentity(after, required)];
  const place = (one: Check): Pick<Finding, "part" | "column" | "origin" | "originBefore"> => ({ part: one.column ?? "checks", column: one.column, origin: originOf(after, one), originBefore: originOf(before, one) });
  const found: Finding[] = [];
  for (const [id, one] of now) {
    const was = old.get(id);
    if (was === undefined) found.push({ ...place(one), rule: "CC401", message: `check ${one.kind} added`, after: limits(one) });
    else found.push(...checkChange(was, one).map((finding) => ({ ...place(one), ...finding })));
  }
  for (const [id, one] of old) {
    if (now.has(id)) continue;
    const promised = one.kind === "not_null" || one.kind === "unique";
    found.push({ ...place(one), rule: promised ? "SC304" : "SC202", message: `check ${one.kind} removed`, before: limits(one) });
  }
  return found;
}

/** Checks that only differ in their limits are the same check. */
function byIdentity({ checks }: SourceTable, required: ReadonlySet<string>): ReadonlyMap<string, Check> {
  const kept = checks.filter((one) => !(one.kind === "not_null" && one.column !== null && required.has(one.column)));
  return new Map(kept.map((one) => [canonical([one.kind, one.column, one.params.columns, one.params.to, one.params.expression, one.params.pattern, one.params.test]), one]));
}

function originOf(table: SourceTable, { column }: Check): Origin {
  return table.columns.find(({ name }) => name === column)?.origin ?? table.origin;
}

function checkChange(before: Check, after: Check): readonly Pick<Finding, "rule" | "message" | "before" | "after">[] {
  const found: Pick<Finding, "rule" | "message" | "before" | "after">[] = [];
  if (before.severity !== after.severity) {
    found.push({ rule: after.severity === "error" ? "CC401" : "SC202", message: `severity of check ${after.kind} changed`, before: before.severity, after: after.severity });
  }
  if (before.description !== after.description) found.push({ rule: "CC101", message: `description of check ${after.kind} changed` });
  if (same(before.params, after.params)) return found;
  const tighter = isTighter(before, after);
  return [...found, { rule: tighter ? "CC401" : "SC202", message: `check ${after.kind} ${tighter ? "tightened" : "widened"}`, before: limits(before), after: limits(after) }];
}

/** Whether some value that passed fails now. What cannot be compared counts as such. */
function isTighter({ params: before }: Check, { params: after }: Check): boolean {
  const kept = new Set((after.values ?? []).map(canonical));
  if ((before.values ?? []).some((one) => !kept.has(canonical(one)))) return true;
  return isAbove(after.min, before.min) || isAbove(before.max, after.max, true);
}

/** Whether a limit lies above another. A limit that is not there is beyond all others; `upper` says at which end. */
function isAbove(high: number | string | undefined, low: number | string | undefined, upper = false): boolean {
  if (high === undefined) return upper && low !== undefined;
  if (low === undefined) return !upper;
  const [a, b] = [Number(high), Number(low)];
  return Number.isNaN(a) || Number.isNaN(b) ? String(high) > String(low) : a > b;
}

function limits({ params }: Check): string {
  const { min, max, values, pattern } = params;
  const parts = [min === undefined ? "" : `min ${min}`, max === undefined ? "" : `max ${max}`, values === undefined ? "" : shown(values), pattern ?? ""];
  return shown(parts.filter((one) => one !== "").join(", "));
}
