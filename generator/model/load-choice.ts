import { sourcesByName } from "./named.ts";
import type { Fact } from "./fact.ts";
import { inexact } from "./increment.ts";
import { partitionColumn } from "./partition.ts";
import type { Model } from "./types.ts";
import { projectVolume, volumeText } from "./volume.ts";

/** How a fact is loaded that does not say so itself, and why. */
export interface LoadChoice {
  readonly strategy: string;
  readonly partitionBy: string | null;
  readonly because: string;
}

/** From so many gigabytes on, kept over the retention, a table is too large to be written again by every run (guide, phase 1: more than one machine's worth). */
const LARGE_GB = 100;

/**
 * The load of a fact that states none: that of the pipeline which loads its source, or where the brief's volumes are large an increment; in both cases
 * only where the fact then holds what a rebuild would hold. Else it is rebuilt.
 */
export function chooseLoad(fact: Fact, model: Pick<Model, "sources" | "pipelines" | "brief">): LoadChoice {
  const rebuilt = { strategy: "truncate_reload", partitionBy: null };
  const asked = pipelineLoad(fact, model);
  if (asked !== null) {
    const refused = cannot(fact, asked, model);
    const says = `${asked.pipeline} loads by ${asked.strategy.replaceAll("_", "-")}`;
    if (refused === null) return { ...asked, because: asked.strategy === "truncate_reload" ? `${says}.` : `${says}, and the fact then holds what a rebuild would hold.` };
    return { ...rebuilt, because: `${says}, but ${refused}; so it is rebuilt.` };
  }
  const stored = model.brief === null ? null : (projectVolume(model.brief.volume)?.storedGb ?? null);
  if (stored === null || stored < LARGE_GB) return { ...rebuilt, because: "" };
  const day = fact.foreignKeys.find((one) => one.lookup.kind === "date" && fact.eventTime !== null && one.lookup.value.kind === "column" && fact.eventTime.value.kind === "column" && one.lookup.value.name === fact.eventTime.value.name);
  const wanted = [{ strategy: "merge", partitionBy: null }, ...(day === undefined || (fact.kind !== "transaction" && fact.kind !== "factless") || fact.rollup ? [] : [{ strategy: "partition_swap", partitionBy: day.name }])];
  const large = `The brief keeps ${volumeText(stored)}, so no run shall write every row`;
  for (const one of wanted) {
    if (cannot(fact, one, model) === null) return { ...one, because: `${large}${one.partitionBy === null ? "" : `; rows may go, so partitions by ${one.partitionBy} are replaced`}.` };
  }
  return { ...rebuilt, because: `${large}, but ${cannot(fact, { strategy: "merge", partitionBy: null }, model)}.` };
}

/** What the pipeline that loads the fact's source says about loading; null where none says anything. */
export function pipelineLoad(fact: Fact, { pipelines }: Pick<Model, "pipelines">): { readonly pipeline: string; readonly strategy: string; readonly partitionBy: string | null } | null {
  const { kind, id } = fact.rows.base.reference;
  const pipeline = kind === "staging" || kind === "current" ? pipelines.find((one) => one.extract.tables.includes(id)) : undefined;
  if (pipeline === undefined || pipeline.load.strategy === null) return null;
  const strategy = pipeline.load.strategy === "upsert" ? "merge" : pipeline.load.strategy;
  return { pipeline: pipeline.name, strategy, partitionBy: pipeline.load.partitionKey };
}

/** Why a fact cannot be loaded so; null where it can. */
function cannot(fact: Fact, { strategy, partitionBy }: Pick<LoadChoice, "strategy" | "partitionBy">, model: Pick<Model, "sources">): string | null {
  const base = sourcesByName(model).get(fact.rows.base.reference.id) ?? null;
  if (strategy === "partition_swap" && partitionColumn({ ...fact, load: { ...fact.load, partitionBy } }) === null) {
    return partitionBy === null ? "does not say by which column (load.partition_key)" : `'${partitionBy}' does not divide ${fact.name}`;
  }
  return inexact(fact, strategy, base)?.reason ?? null;
}
