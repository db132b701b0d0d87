import { sourcesNamed } from "./named.ts";
import type { Pipeline } from "./pipeline.ts";
import { layers, reachOf, type Layer } from "./reach.ts";
import { rawTables, type SourceTable } from "./source.ts";
import type { Model } from "./types.ts";

/** What a pipeline does, one task each. */
export type Step = "load_files" | "source_freshness" | Layer | "quality_gate" | "docs";

/** The steps of a pipeline in the order in which they run: those that have something to do. */
export function stepsOf(model: Model, pipeline: Pipeline): readonly Step[] {
  const reach = reachOf(model, pipeline.name);
  const built = layers.filter((layer) => reach[layer].length > 0);
  const files = pipeline.extract.connection?.kind === "files" && pipeline.extract.tables.length > 0;
  return [
    ...(files ? ["load_files" as const] : []),
    ...(freshTables(model, pipeline).length > 0 ? ["source_freshness" as const] : []),
    ...built,
    ...(built.length > 0 ? ["quality_gate" as const] : []),
    "docs",
  ];
}

/** The tables of a pipeline whose freshness dbt can tell: those with a load time and an SLA. */
export function freshTables(model: Model, pipeline: Pipeline): readonly SourceTable[] {
  return sourcesNamed(model, pipeline.extract.tables).filter((one) => one.loadedAt !== null && one.sla.freshnessHours !== null && rawTables(one).some(({ isClosed }) => !isClosed));
}
