import { modelsBelow } from "./dimension-models.ts";
import { downstream, upstream } from "./graph.ts";
import { pipelinesByName, sourcesNamed } from "./named.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Model } from "./types.ts";

/** The layers of a dbt project in the order in which they are built. */
export type Layer = "staging" | "intermediate" | "snapshots" | "marts" | "reports";

/** All layers, in build order. */
export const layers: readonly Layer[] = ["staging", "intermediate", "snapshots", "marts", "reports"];

/** dbt models of one layer that a pipeline builds, in code-point order. */
export type Reach = Readonly<Record<Layer, readonly string[]>>;

/** The pipelines that build each dbt model, in code-point order; models that none builds are not in the map. */
export function pipelinesOf(model: Model): ReadonlyMap<string, readonly string[]> {
  const known = builders.get(model);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  builders.set(model, found);
  for (const pipeline of model.pipelines) {
    for (const name of builtBy(model, pipeline.name)) {
      const names = found.get(name);
      if (names === undefined) found.set(name, [pipeline.name]);
      else names.push(pipeline.name);
    }
  }
  return found;
}

/** Models are frozen, so their pipelines are worked out once. */
const builders = new WeakMap<Model, ReadonlyMap<string, readonly string[]>>();

/** The dbt models that a pipeline builds, by layer: what it `builds` and all that goes into it. */
export function reachOf(model: Model, pipeline: string): Reach {
  const found: Record<Layer, string[]> = { staging: [], intermediate: [], snapshots: [], marts: [], reports: [] };
  const known = layersOf(model);
  for (const name of [...builtBy(model, pipeline)].sort()) {
    const layer = known.get(name);
    if (layer !== undefined) found[layer].push(name);
  }
  return found;
}

/** The layer of every dbt model, those that are written by hand included. */
export function layersOf(model: Model): ReadonlyMap<string, Layer> {
  const before = layerMaps.get(model);
  if (before !== undefined) return before;
  const known = new Map<string, Layer>();
  layerMaps.set(model, known);
  for (const { models } of model.sources) {
    known.set(models.staging, "staging");
    if (models.current !== null) known.set(models.current, "intermediate");
  }
  for (const { name } of model.handWritten) known.set(name, "intermediate");
  for (const dimension of model.dimensions) {
    known.set(dimension.name, "marts");
    for (const { kind, name } of modelsBelow(dimension)) known.set(name, kind === "snapshot" ? "snapshots" : "intermediate");
  }
  for (const bridge of model.bridges) known.set(bridge.name, "marts");
  for (const fact of model.facts) known.set(fact.name, "marts");
  for (const mart of model.marts) known.set(mart.name, "reports");
  return known;
}

const layerMaps = new WeakMap<Model, ReadonlyMap<string, Layer>>();
const reaches = new WeakMap<Model, Map<string, ReadonlySet<string>>>();

/**
 * What a pipeline builds: its `builds` and their upstream. What a pipeline it depends on has just built is left out,
 * unless it follows from the tables that this one extracts.
 */
function builtBy(model: Model, name: string): ReadonlySet<string> {
  const known = reaches.get(model) ?? new Map<string, ReadonlySet<string>>();
  reaches.set(model, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  // Stated first, so that pipelines that wait for each other cannot run in a circle here.
  known.set(name, new Set());
  const pipeline = pipelinesByName(model).get(name);
  const built = pipeline === undefined ? new Set<string>() : namesBuilt(model, pipeline);
  known.set(name, built);
  return built;
}

function namesBuilt(model: Model, pipeline: Pipeline): ReadonlySet<string> {
  const own = new Set(downstream(model, ...pipeline.extract.tables.map((id) => `source:${id}`)));
  const done = new Set(pipeline.dependsOn.flatMap((one) => [...builtBy(model, one)]));
  const needed = upstream(model, ...pipeline.builds).filter((one) => !one.startsWith("source:"));
  const staged = sourcesNamed(model, pipeline.extract.tables).map((one) => one.models.staging);
  return new Set([...pipeline.builds, ...staged, ...needed.filter((one) => own.has(one) || !done.has(one))]);
}
