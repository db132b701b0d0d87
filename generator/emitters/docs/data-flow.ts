import { lineage } from "../../model/graph.ts";
import type { Model } from "../../model/types.ts";
import { domainsOf } from "./domains.ts";
import { flowchart, type FlowGroup, type FlowNode } from "./mermaid.ts";

/** A stage of the data flow and the groups in which stages are drawn. */
type Edge = { readonly from: string; readonly to: string };

/** The data flow in one picture: sources, ingestion, staging, history, dimensions and facts, marts, consumers. */
export function dataFlow(model: Model): readonly string[] {
  const domains = domainsOf(model);
  const sources = [...new Set(model.sources.map((one) => one.source))].sort();
  const histories = domains.filter((one) => one.dimensions.some((dimension) => dimension.kind === "table" && dimension.scdType === 2));
  const consumers = consumerNodes(model);
  const groups: readonly FlowGroup[] = [
    { id: "sources", title: "Sources", nodes: sources.map((name) => ({ id: `source_${name}`, label: name })) },
    { id: "ingestion", title: "Ingestion", nodes: extracting(model).map(({ name }) => ({ id: `pipeline_${name}`, label: name })) },
    { id: "staging", title: "Staging", nodes: sources.map((name) => ({ id: `staging_${name}`, label: `staging of ${name}` })) },
    { id: "history", title: "History", nodes: histories.map(({ name }) => ({ id: `history_${name}`, label: `versions of ${name}` })) },
    { id: "star", title: "Dimensions and facts", nodes: domains.filter((one) => one.dimensions.length + one.facts.length > 0).map(({ name }) => ({ id: `star_${name}`, label: name })) },
    { id: "marts", title: "Marts", nodes: domains.filter((one) => one.marts.length > 0).map(({ name }) => ({ id: `marts_${name}`, label: `marts of ${name}` })) },
    { id: "consumers", title: "Consumers", nodes: consumers },
  ];
  return flowchart(groups, [...ingestion(model), ...modelFlow(model), ...served(model, consumers)]);
}

function extracting(model: Model): Model["pipelines"] {
  return model.pipelines.filter((one) => one.extract.tables.length > 0);
}

/** Sources reach staging over the pipelines that extract them, or directly where something else loads them. */
function ingestion(model: Model): readonly Edge[] {
  const edges: Edge[] = [];
  for (const pipeline of extracting(model)) {
    for (const source of sourcesOf(pipeline.extract.tables)) edges.push({ from: `source_${source}`, to: `pipeline_${pipeline.name}` }, { from: `pipeline_${pipeline.name}`, to: `staging_${source}` });
  }
  const loaded = new Set(extracting(model).flatMap((one) => one.extract.tables));
  const others = sourcesOf(model.sources.map((one) => one.name).filter((id) => !loaded.has(id)));
  return [...edges, ...others.map((source) => ({ from: `source_${source}`, to: `staging_${source}` }))];
}

function sourcesOf(tables: readonly string[]): readonly string[] {
  return [...new Set(tables.map((id) => id.slice(0, id.indexOf("."))))].sort();
}

/** The lineage of dbt models, drawn together by stage. */
function modelFlow(model: Model): readonly Edge[] {
  const stages = stagesOf(model);
  const found = new Map<string, Edge>();
  for (const edge of lineage(model)) {
    const [from, to] = [stages.get(edge.from), stages.get(edge.to)];
    if (from !== undefined && to !== undefined && from !== to) found.set(`${from} ${to}`, { from, to });
  }
  return [...found.keys()].sort().flatMap((id) => found.get(id) ?? []);
}

function stagesOf(model: Model): ReadonlyMap<string, string> {
  const stages = new Map<string, string>();
  const put = (name: string | null, stage: string): void => {
    if (name !== null) stages.set(name, stage);
  };
  for (const { source, models } of model.sources) {
    put(models.staging, `staging_${source}`);
    put(models.current, `staging_${source}`);
  }
  for (const one of model.dimensions) {
    put(one.name, `star_${one.domain}`);
    if (one.kind === "date") continue;
    const below = one.scdType === 2 ? `history_${one.domain}` : `star_${one.domain}`;
    put(one.models.joined, below);
    put(one.models.versioned, below);
    put(one.history.kind === "snapshot" ? one.history.snapshot : null, below);
  }
  for (const one of model.facts) put(one.name, `star_${one.domain}`);
  for (const one of model.marts) put(one.name, `marts_${one.domain}`);
  return stages;
}

/** Teams of the brief; exposures say more exactly what they read. */
function consumerNodes(model: Model): readonly FlowNode[] {
  const teams = [...new Set((model.brief?.consumers ?? []).map((one) => one.team).filter((team) => team !== ""))];
  return [...teams.map((team, index) => ({ id: `consumer_${index + 1}`, label: team })), ...exposed(model).map(({ name }) => ({ id: `exposure_${name}`, label: name }))];
}

function exposed(model: Model): readonly { readonly name: string; readonly stage: string }[] {
  const found = [...model.facts.map((one) => ({ one, stage: `star_${one.domain}` })), ...model.marts.map((one) => ({ one, stage: `marts_${one.domain}` }))];
  return found.flatMap(({ one, stage }) => one.exposures.map(({ name }) => ({ name, stage })));
}

function served(model: Model, consumers: readonly FlowNode[]): readonly Edge[] {
  const teams = consumers.filter((one) => one.id.startsWith("consumer_"));
  const from = model.marts.length > 0 ? "marts" : "star";
  const drawn = model.marts.length + model.facts.length + model.dimensions.length > 0;
  return [...(drawn ? teams.map(({ id }) => ({ from, to: id })) : []), ...exposed(model).map(({ name, stage }) => ({ from: stage, to: `exposure_${name}` }))];
}
