import { within } from "../../../diagnostics/origin.ts";
import type { BridgeSpec } from "../../../spec/types.ts";
import { isTracked } from "../../attributes.ts";
import type { HierarchyBridge } from "../../bridge.ts";
import type { EntityDimension } from "../../dimension.ts";
import { bridgeDiagnostics } from "../../diagnostics/bridges.ts";
import { comparable } from "../../logical-type.ts";
import type { LinkContext } from "../context.ts";
import { bridgedDimension, sharedKey, type NamedBridge } from "./sides.ts";

/** A hierarchy of any depth over the members of a dimension; null where it was refused (reported). */
export function linkHierarchy(spec: BridgeSpec, hierarchy: string, named: NamedBridge, context: LinkContext): HierarchyBridge | null {
  const dimension = bridgedDimension(hierarchy, spec.name, within(spec.origin, "hierarchy"), context);
  if (dimension === null) return null;
  const { naturalKey, attributes } = dimension;
  const parent = naturalKey.flatMap(({ name, type }, index) => {
    const attribute = attributes.find((one) => one.name === spec.parent[index]);
    return attribute !== undefined && comparable(attribute.type, type) ? [{ attribute: attribute.name, member: name }] : [];
  });
  if (parent.length < naturalKey.length || spec.parent.length > naturalKey.length) {
    if (spec.parent.some((name) => context.refused.has(dimension.name, name))) return null;
    const names = (columns: readonly { readonly name: string }[]): string => columns.map((one) => one.name).join(", ");
    const place = spec.parent.length === 0 ? { origin: spec.origin, pointer: "key" as const } : { origin: within(spec.origin, "parent") };
    const parameters = { dimension: dimension.name, key: names(naturalKey), given: spec.parent.join(", ") || "nothing", known: names(attributes) || "none" };
    context.log.add(bridgeDiagnostics.report("bridge-parent", place, parameters));
    return null;
  }
  if (spec.over_time === true && !followsParents(spec, dimension, context)) return null;
  const { key } = dimension.columns;
  return {
    ...named,
    kind: "hierarchy",
    group: { dimension: dimension.name, column: `descendant_${sharedKey(dimension)}`, key: sharedKey(dimension) },
    member: { dimension: dimension.name, column: `ancestor_${key}`, key },
    parent,
    timed: spec.over_time === true,
  };
}

/** Whether a version of a dimension begins wherever a parent changes. */
function followsParents(spec: BridgeSpec, { name, attributes }: EntityDimension, { log }: LinkContext): boolean {
  const loose = spec.parent.find((one) => !attributes.some((attribute) => attribute.name === one && isTracked(attribute)));
  if (loose === undefined) return true;
  log.add(bridgeDiagnostics.report("bridge-untracked", { origin: within(spec.origin, "over_time") }, { name: spec.name, dimension: name, attribute: loose }));
  return false;
}
