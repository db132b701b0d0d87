import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import type { MartSpec } from "../../../spec/types.ts";
import type { Bridge } from "../../bridge.ts";
import { bridgeDiagnostics } from "../../diagnostics/bridges.ts";
import type { Fact, ForeignKey, MartBridge } from "../../fact.ts";
import { bridgeMemberKey, bridgeModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { matchingKey } from "../fact/inherited-keys.ts";
import { kinds, parts } from "../refusals.ts";

/** A fact of a mart with the keys that bridges give it, and these bridges. */
export interface BridgedFact {
  /** The fact, as if it had the keys of the bridges: groups and filters reach the members over them. */
  readonly fact: Fact;
  readonly bridges: readonly MartBridge[];
}

type ThroughSpec = MartSpec["through"][number];

/** The facts of a mart behind its bridges; null where a bridge was refused (reported). */
export function linkThrough(spec: MartSpec, facts: readonly Fact[], context: LinkContext): readonly BridgedFact[] | null {
  const found = spec.through.map((one, index) => ({ one, origin: within(spec.origin, "through", index), bridge: findBridge(one, within(spec.origin, "through", index, "bridge"), context) }));
  const bridged = facts.map((fact) => found.map(({ one, origin, bridge }) => (bridge === null ? null : reach(fact, one, bridge, origin, context))));
  if (bridged.some((all) => all.includes(null))) return null;
  return facts.map((fact, index) => {
    const reached = (bridged[index] ?? []).flatMap((one) => one ?? []);
    return { fact: { ...fact, foreignKeys: [...reached.map((one) => one.key), ...fact.foreignKeys] }, bridges: reached.map((one) => one.bridge) };
  });
}

/** Whether rows of a mart are shared out among members, or counted in full for several of them. */
export function countingOf(bridges: readonly MartBridge[], { bridges: known }: LinkContext): "shared" | "in_full" | null {
  const all = bridges.map((one) => ({ level: one.level, kind: known.get(one.bridge)?.kind }));
  if (all.some((one) => one.kind === "memberships")) return "shared";
  return all.some((one) => one.kind === "hierarchy" && one.level === null) ? "in_full" : null;
}

function findBridge({ bridge, level }: ThroughSpec, origin: Origin, { bridges, refused, log }: LinkContext): Bridge | null {
  const found = bridges.get(bridgeModel(bridge));
  if (found === undefined) {
    if (refused.has(kinds.bridge, bridgeModel(bridge))) return null;
    const known = [...bridges.values()].map((one) => one.alias);
    log.add(bridgeDiagnostics.report("unknown-bridge", { origin }, { name: bridge, suggestion: didYouMean(bridge, known), known: known.join(", ") || "none" }));
    return null;
  }
  if (found.kind === "memberships" && level !== null) {
    log.add(bridgeDiagnostics.report("bridge-level", { origin: { ...origin, path: [...origin.path.slice(0, -1), "level"] }, pointer: "key" }, { bridge: found.alias }));
    return null;
  }
  return found;
}

/** The fact's key to the group, and the key that the bridge gives it in turn. */
function reach(fact: Fact, { role, level }: ThroughSpec, bridge: Bridge, origin: Origin, context: LinkContext): { readonly bridge: MartBridge; readonly key: ForeignKey } | null {
  const { dimension } = bridge.group;
  const keys = fact.foreignKeys.filter((one) => one.dimension === dimension);
  const key = role === null ? matchingKey(fact.foreignKeys, dimension, null) : keys.find((one) => one.alias === role);
  if (key === undefined || key === null) {
    if (context.refused.has(fact.name, parts.references)) return null;
    const roles = keys.map((one) => one.alias).join(", ");
    const why = keys.length === 0 ? `it has no key to ${dimension}` : `its keys to ${dimension} are ${roles}, and which one is meant is not said`;
    const help = keys.length === 0 ? `add ${dimension} to the foreign keys of the fact, or take the bridge out.` : `write {bridge: ${bridge.alias}, role: <one of ${roles}>}.`;
    context.log.add(bridgeDiagnostics.report("bridge-unreached", { origin: within(origin, role === null ? "bridge" : "role") }, { fact: fact.name, bridge: bridge.alias, why, help }));
    return null;
  }
  const { timed } = bridge;
  if (timed && fact.eventTime === null) {
    if (context.refused.any(fact.name)) return null;
    context.log.add(bridgeDiagnostics.report("bridge-without-time", { origin: within(origin, "bridge") }, { fact: fact.name, bridge: bridge.alias }));
    return null;
  }
  const asOf = timed && fact.eventTime !== null ? { column: fact.eventTime.column, precision: fact.eventTime.precision } : null;
  const memberKey = bridgeMemberKey(bridge.alias, bridge.kind === "hierarchy" ? "ancestor" : "member");
  return {
    bridge: { bridge: bridge.name, groupKey: key.name, memberKey, level, asOf },
    key: { name: memberKey, renamedFrom: null, origin, dimension: bridge.member.dimension, role: bridge.alias, alias: bridge.alias, lookup: { kind: "inherited", column: memberKey } },
  };
}
