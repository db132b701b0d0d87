import { within } from "../../diagnostics/origin.ts";
import type { BridgeSpec, Spec } from "../../spec/types.ts";
import type { Bridge } from "../bridge.ts";
import { bridgeDiagnostics } from "../diagnostics/bridges.ts";
import { bridgeAlias, bridgeModel } from "../names.ts";
import { linkHierarchy } from "./bridge/hierarchy.ts";
import { linkMemberships } from "./bridge/memberships.ts";
import type { LinkContext } from "./context.ts";
import { kinds } from "./refusals.ts";

/** The bridges of all specs, in code-point order of their names; what was refused is reported and left out. Needs dimensions in the context. */
export function linkBridges(spec: Spec, context: LinkContext): readonly Bridge[] {
  const seen = new Map<string, BridgeSpec>();
  for (const one of spec.bridges) {
    const first = seen.get(bridgeModel(one.name));
    if (first === undefined) seen.set(bridgeModel(one.name), one);
    else {
      const related = [{ origin: within(first.origin, "name"), message: "The first one stands here." }];
      context.log.add(bridgeDiagnostics.report("duplicate-bridge", { origin: within(one.origin, "name"), related }, { name: one.name }));
    }
  }
  const linked = [...seen.values()].flatMap((one) => {
    const bridge = linkBridge(one, context);
    if (bridge === null) context.refused.add(kinds.bridge, bridgeModel(one.name));
    return bridge ?? [];
  });
  return linked.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function linkBridge(spec: BridgeSpec, context: LinkContext): Bridge | null {
  const { group, member, hierarchy } = spec;
  const named = {
    name: bridgeModel(spec.name), alias: bridgeAlias(spec.name), origin: spec.origin,
    domain: spec.domain ?? "core", owner: spec.owner, description: spec.description ?? "",
    renamedFrom: spec.renamed_from === null ? null : bridgeModel(spec.renamed_from),
  };
  if (hierarchy === null && group !== null && member !== null) {
    if (spec.parent.length > 0) return wrongForm(spec, "parent", "has a group and a member, so nothing lies above another", "remove parent, or state hierarchy in place of group and member.", context);
    if (spec.over_time !== null) return wrongForm(spec, "over_time", "tells of time where its source does", "remove over_time; name a Type 2 dimension of memberships as the source where it should tell who belonged when.", context);
    return linkMemberships(spec, { group, member }, named, context);
  }
  if (hierarchy === null) {
    const missing = group === null && member === null ? "relates nothing" : group === null ? "does not say which dimension facts point to" : "does not say of what a group has several";
    const help = "state group and member for a many-to-many relation, or hierarchy and parent for a hierarchy of any depth.";
    return wrongForm(spec, "name", missing, help, context);
  }
  const unused = (["group", "member", "source", "weight", "where", "joins"] as const).find((key) => (key === "joins" ? spec.joins.length > 0 : spec[key] !== null));
  if (unused !== undefined) return wrongForm(spec, unused, `is a hierarchy, which has no ${unused}`, `remove ${unused}: the rows follow from ${hierarchy} and parent; or state group and member in place of hierarchy.`, context);
  return linkHierarchy(spec, hierarchy, named, context);
}

function wrongForm(spec: BridgeSpec, key: string, why: string, help: string, { log }: LinkContext): null {
  const pointer = key === "name" ? {} : ({ pointer: "key" } as const);
  log.add(bridgeDiagnostics.report("bridge-form", { origin: within(spec.origin, key), ...pointer }, { name: spec.name, why, help }));
  return null;
}
