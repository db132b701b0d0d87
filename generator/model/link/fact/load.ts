import { within } from "../../../diagnostics/origin.ts";
import type { Fact } from "../../fact.ts";
import { linkLookback } from "./lookback.ts";
import { resolveColumn } from "../rows/columns.ts";
import type { FactDraft } from "./draft.ts";

/** How a fact is loaded as stated; the load-strategy rule decides what is not. Columns to partition and cluster by must exist. */
export function linkLoad(draft: FactDraft): Fact["load"] {
  const { spec, linked, context } = draft;
  const load = spec.load;
  if (load === null) return { stated: null, strategy: null, corrections: "removal", lookback: null, partitionBy: null, clusterBy: [] };
  const own = new Set([...spec.measures, ...spec.degenerate_dimensions].map((one) => one.name));
  const check = (name: string, ...at: readonly (string | number)[]): void => {
    if (!own.has(name)) resolveColumn(name, linked.scope, within(spec.origin, "load", ...at), context.log);
  };
  // What partition_swap divides by is a column of the fact, which is checked when that is known.
  if (load.partition_by !== null && load.strategy !== "partition_swap") check(load.partition_by, "partition_by");
  load.cluster_by.forEach((one, index) => check(one, "cluster_by", index));
  const corrections = load.corrections ?? "removal";
  const stated = load.strategy ?? (corrections === "reversal" ? "append" : null);
  return { stated, strategy: stated, corrections, lookback: linkLookback(draft), partitionBy: load.partition_by, clusterBy: load.cluster_by };
}
