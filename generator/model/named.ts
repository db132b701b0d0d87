import type { Dimension } from "./dimension.ts";
import type { Fact } from "./fact.ts";
import type { Pipeline } from "./pipeline.ts";
import type { SourceTable } from "./source.ts";
import type { Model } from "./types.ts";

/** The dimensions of a model by name. */
export function dimensionsByName({ dimensions }: Pick<Model, "dimensions">): ReadonlyMap<string, Dimension> {
  return knownDimensions(dimensions);
}

/** The facts of a model by name. */
export function factsByName({ facts }: Pick<Model, "facts">): ReadonlyMap<string, Fact> {
  return knownFacts(facts);
}

/** The source tables of a model by id. */
export function sourcesByName({ sources }: Pick<Model, "sources">): ReadonlyMap<string, SourceTable> {
  return knownSources(sources);
}

/** The pipelines of a model by name. */
export function pipelinesByName({ pipelines }: Pick<Model, "pipelines">): ReadonlyMap<string, Pipeline> {
  return knownPipelines(pipelines);
}

/** The source tables of these ids, in their order; ids that no table has are passed over. */
export function sourcesNamed(model: Pick<Model, "sources">, ids: readonly string[]): readonly SourceTable[] {
  const known = sourcesByName(model);
  return ids.flatMap((id) => known.get(id) ?? []);
}

const knownDimensions = indexed<Dimension>();
const knownFacts = indexed<Fact>();
const knownSources = indexed<SourceTable>();
const knownPipelines = indexed<Pipeline>();

/** Models are frozen, so their lists are put in order once: thousands of objects ask. */
function indexed<Node extends { readonly name: string }>(): (nodes: readonly Node[]) => ReadonlyMap<string, Node> {
  const known = new WeakMap<readonly Node[], ReadonlyMap<string, Node>>();
  return (nodes) => {
    const found = known.get(nodes) ?? new Map(nodes.map((one) => [one.name, one]));
    known.set(nodes, found);
    return found;
  };
}
