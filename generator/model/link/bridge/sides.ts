import type { Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import type { Bridge } from "../../bridge.ts";
import { bridgeDiagnostics } from "../../diagnostics/bridges.ts";
import type { EntityDimension } from "../../dimension.ts";
import { dimensionModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { kinds } from "../refusals.ts";

/** What a bridge says of itself before its sides are known. */
export type NamedBridge = Pick<Bridge, "name" | "alias" | "origin" | "domain" | "owner" | "description" | "renamedFrom">;

/** The dimension of a side, which must have a natural key; null where there is none (reported). */
export function bridgedDimension(name: string, bridge: string, origin: Origin, { dimensions, refused, log }: LinkContext): EntityDimension | null {
  const found = dimensions.get(dimensionModel(name));
  if (found?.kind === "table" && found.naturalKey.length > 0) return found;
  if (found === undefined && refused.has(kinds.dimension, dimensionModel(name))) return null;
  const known = [...dimensions.values()].flatMap((one) => (one.kind === "table" && one.naturalKey.length > 0 ? [one.name] : [])).sort();
  const parameters = { name: bridge, dimension: name, suggestion: didYouMean(dimensionModel(name), known), known: known.join(", ") || "none" };
  log.add(bridgeDiagnostics.report("unknown-bridge-dimension", { origin }, parameters));
  return null;
}

/** The key that all versions of a member share. */
export function sharedKey({ columns }: EntityDimension): string {
  return columns.durableKey ?? columns.key;
}
