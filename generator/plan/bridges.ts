import type { Bridge, HierarchyBridge, MembershipBridge } from "../model/bridge.ts";
import { fieldChanges, type FieldTable } from "./fields.ts";
import { rowChanges } from "./rows.ts";
import { same } from "./canonical.ts";
import { expressionText } from "./shown.ts";
import type { Finding } from "./types.ts";

const SHARED: FieldTable<Bridge> = {
  name: "own", renamedFrom: "own", kind: "own", alias: "derived", domain: "CC101", owner: "CC101", description: "CC101", group: "own", member: "own", timed: "GR801",
};

const MEMBERSHIPS: FieldTable<MembershipBridge> = { ...SHARED, rows: "own", groupKey: "GR801", memberKey: "GR801", weight: "own" };

const HIERARCHY: FieldTable<HierarchyBridge> = { ...SHARED, parent: "GR801" };

/** What changed in a bridge. */
export function bridgeChanges(before: Bridge, after: Bridge): readonly Finding[] {
  const sides = (["group", "member"] as const).flatMap((side) => sideChange(side, before, after));
  if (before.kind === "memberships" && after.kind === "memberships") return [...sides, ...fieldChanges(MEMBERSHIPS, before, after), ...rowChanges(before, after), ...weightChange(before, after)];
  if (before.kind === "hierarchy" && after.kind === "hierarchy") return [...sides, ...fieldChanges(HIERARCHY, before, after)];
  return [{ rule: "GR601", message: "became another kind of bridge", origin: after.origin, originBefore: before.origin }];
}

/** The columns of a side follow from its dimension. */
function sideChange(side: "group" | "member", before: Bridge, after: Bridge): readonly Finding[] {
  const [was, is] = [before[side].dimension, after[side].dimension];
  if (was === is) return [];
  return [{ rule: "GR801", part: side, message: `${side} changed`, before: was, after: is, origin: after.origin, originBefore: before.origin }];
}

function weightChange(before: MembershipBridge, after: MembershipBridge): readonly Finding[] {
  if (same(before.weight, after.weight)) return [];
  const text = ({ weight }: MembershipBridge): string => (weight === null ? "equal shares" : expressionText(weight));
  return [{ rule: "GR801", part: "weight", column: "weighting_factor", message: "weight changed", before: text(before), after: text(after), origin: after.origin, originBefore: before.origin }];
}
