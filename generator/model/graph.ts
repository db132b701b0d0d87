import type { Bridge } from "./bridge.ts";
import type { EntityDimension } from "./dimension.ts";
import { modelsBelow } from "./dimension-models.ts";
import type { Fact, Mart } from "./fact.ts";
import { dimensionsRead } from "./fact-reads.ts";
import type { RowSource } from "./rows.ts";
import type { Model } from "./types.ts";

/** The part of a model that lineage needs. */
export type ModelObjects = Pick<Model, "sources" | "handWritten" | "dimensions" | "bridges" | "facts" | "marts">;

/** One step of data flow between dbt models; source tables are `source:shop.orders`. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

/** Every step of data flow, without repetition, in code-point order. A foreign key counts: a fact follows its dimensions. */
export function lineage(model: ModelObjects): readonly LineageEdge[] {
  return graphOf(model).edges;
}

/** All that some dbt models are made from, over any number of steps, in code-point order. */
export function upstream(model: ModelObjects, ...names: readonly string[]): readonly string[] {
  return [...reachable(names, graphOf(model).parents)].sort();
}

/** All that is made from some dbt models or source tables (`source:shop.orders`), over any number of steps, in code-point order. */
export function downstream(model: ModelObjects, ...names: readonly string[]): readonly string[] {
  return [...reachable(names, graphOf(model).children)].sort();
}

function reachable(names: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const one of next.get(name) ?? []) {
      if (found.has(one)) continue;
      found.add(one);
      waiting.push(one);
    }
  }
  return found;
}

interface Graph {
  readonly edges: readonly LineageEdge[];
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** Models are frozen, so a graph is worked out once for each. */
const graphs = new WeakMap<ModelObjects, Graph>();

function graphOf(model: ModelObjects): Graph {
  const known = graphs.get(model);
  if (known !== undefined) return known;
  const unique = new Map(edgesOf(model).map((one) => [`${one.from} ${one.to}`, one]));
  const edges = [...unique.keys()].sort().flatMap((id) => unique.get(id) ?? []);
  const graph = { edges, parents: grouped(edges, "to", "from"), children: grouped(edges, "from", "to") };
  graphs.set(model, graph);
  return graph;
}

function grouped(edges: readonly LineageEdge[], by: "from" | "to", other: "from" | "to"): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const edge of edges) {
    const group = groups.get(edge[by]);
    if (group === undefined) groups.set(edge[by], [edge[other]]);
    else group.push(edge[other]);
  }
  return groups;
}

function edgesOf(model: ModelObjects): readonly LineageEdge[] {
  const ofSources = model.sources.flatMap(({ name, models }): readonly LineageEdge[] => [
    { from: `source:${name}`, to: models.staging },
    ...(models.current === null ? [] : [{ from: models.staging, to: models.current }]),
  ]);
  const written = model.handWritten.flatMap(({ name, reads }) => reads.map((one) => ({ from: one.model, to: name })));
  const ofDimensions = model.dimensions.flatMap((one) => (one.kind !== "table" ? [] : dimensionEdges(one)));
  return [...ofSources, ...written, ...ofDimensions, ...model.bridges.flatMap(bridgeEdges), ...model.facts.flatMap(factEdges), ...model.marts.flatMap(martEdges)];
}

/** Rows flow through the models below the dimension. */
function dimensionEdges(dimension: EntityDimension): readonly LineageEdge[] {
  if (dimension.profileOf !== null) return [{ from: dimension.profileOf, to: dimension.name }];
  const { referenced } = dimension.models;
  const apart = new Set([referenced, ...dimension.joinedHistories.map(({ versions }) => versions.models.versioned)]);
  const below = modelsBelow(dimension).flatMap((one) => (apart.has(one.name) ? [] : [one.name]));
  const chain = [...below, dimension.name];
  const first = chain[0] ?? dimension.name;
  const links = chain.slice(1).map((to, index) => ({ from: chain[index] ?? first, to }));
  const named = referenced === null ? [] : [...dimension.references.flatMap((one) => inputEdges(one.rows, referenced)), { from: referenced, to: dimension.name }];
  const joined = dimension.joinedHistories.flatMap(({ versions }) => inputEdges(versions.rows, versions.models.versioned ?? first));
  const pointed = dimension.outriggers.map((one) => ({ from: one.dimension, to: dimension.name }));
  return [...pointed, ...joined, ...inputEdges(dimension.rows, first), ...links, ...named];
}

function bridgeEdges(bridge: Bridge): readonly LineageEdge[] {
  const dimensions = [bridge.group, bridge.member].map((one) => ({ from: one.dimension, to: bridge.name }));
  return bridge.kind === "hierarchy" ? dimensions : [...inputEdges(bridge.rows, bridge.name), ...dimensions];
}

function factEdges(fact: Fact): readonly LineageEdge[] {
  const keys = [...fact.foreignKeys.filter((one) => one.lookup.kind !== "inherited"), ...dimensionsRead(fact)];
  const through = fact.foreignKeys.flatMap(({ lookup }) => (lookup.kind === "lookup" && lookup.through !== undefined ? [lookup.through] : []));
  return [...inputEdges(fact.rows, fact.name), ...[...keys.map((one) => one.dimension), ...through].map((from) => ({ from, to: fact.name }))];
}

function martEdges(mart: Mart): readonly LineageEdge[] {
  const dimensions = mart.facts.flatMap((one) => one.keys.map((key) => key.dimension));
  const included = mart.include === null ? [] : [mart.include.dimension];
  const bridges = mart.facts.flatMap((one) => one.bridges.map(({ bridge }) => bridge));
  return [...mart.facts.map((one) => one.fact), ...bridges, ...dimensions, ...included].map((from) => ({ from, to: mart.name }));
}

function inputEdges(rows: RowSource, to: string): readonly LineageEdge[] {
  return [rows.base, ...rows.joins.map((one) => one.input)].map((input) => ({ from: input.reference.model, to }));
}
