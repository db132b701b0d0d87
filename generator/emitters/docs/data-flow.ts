import { modelsBelow } from "../../model/dimension-models.ts";
import { lineage } from "../../model/graph.ts";
import type { Model } from "../../model/types.ts";
import type { Design } from "../../rules/types.ts";
import { domainsOf, type Domain } from "./domains.ts";
import { flowchart, type FlowGroup, type FlowNode } from "./mermaid.ts";

/** A step between two stages of the flow. */
type Edge = { readonly from: string; readonly to: string };

/** The data flow in one picture: sources, ingestion, staging, history, dimensions and facts, marts, consumers. */
export function dataFlow(design: Design): readonly string[] {
  const { model } = design;
  const domains = domainsOf(design);
  const sources = [...new Set(model.sources.map((one) => one.source))].sort();
  const histories = domains.filter((one) => one.dimensions.some((dimension) => dimension.kind === "table" && dimension.history.kind !== "current"));
  const consumers = consumerNodes(model, domains);
  const groups: readonly FlowGroup[] = [
    { id: "sources", title: "Sources", nodes: sources.map((name) => ({ id: `source_${name}`, label: name })) },
    { id: "ingestion", title: "Ingestion", nodes: extracting(model).map(({ name }) => ({ id: `pipeline_${name}`, label: name })) },
    { id: "staging", title: "Staging", nodes: sources.map((name) => ({ id: `staging_${name}`, label: `staging of ${name}` })) },
    { id: "history", title: "History", nodes: histories.map(({ name }) => ({ id: `history_${name}`, label: `versions of ${name}` })) },
    {
      id: "star",
      title: "Dimensions and facts",
      nodes: domains.filter((one) => one.handWritten.length + one.dimensions.length + one.bridges.length + one.facts.length > 0).map(({ name }) => ({ id: `star_${name}`, label: name })),
    },
    {
      id: "marts",
      title: "Marts",
      nodes: domains.filter((one) => one.marts.length > 0).map(({ name }) => ({ id: `marts_${name}`, label: `marts of ${name}` })),
    },
    { id: "consumers", title: "Consumers", nodes: consumers },
  ];
  return flowchart(groups, [...ingestion(model), ...modelFlow(model, domains), ...served(model, domains, consumers)]);
}

function extracting(model: Model): Model["pipelines"] {
  return model.pipelines.filter((one) => one.extract.tables.length > 0);
}

/** Sources reach staging over the pipelines that extract them, or directly where something else loads them. */
function ingestion(model: Model): readonly Edge[] {
  const edges: Edge[] = [];
  for (const pipeline of extracting(model)) {
    for (const source of sourcesOf(pipeline.extract.tables))
      edges.push(
        { from: `source_${source}`, to: `pipeline_${pipeline.name}` },
        { from: `pipeline_${pipeline.name}`, to: `staging_${source}` },
      );
  }
  const loaded = new Set(extracting(model).flatMap((one) => one.extract.tables));
  const others = sourcesOf(model.sources.map((one) => one.name).filter((id) => !loaded.has(id)));
  return [...edges, ...others.map((source) => ({ from: `source_${source}`, to: `staging_${source}` }))];
}

function sourcesOf(tables: readonly string[]): readonly string[] {
  return [...new Set(tables.map((id) => id.slice(0, id.indexOf("."))))].sort();
}

/** The lineage of dbt models, drawn together by stage. */
function modelFlow(model: Model, domains: readonly Domain[]): readonly Edge[] {
  const stages = stagesOf(model, domains);
  const found = new Map<string, Edge>();
  for (const edge of lineage(model)) {
    const [from, to] = [stages.get(edge.from), stages.get(edge.to)];
    if (from !== undefined && to !== undefined && from !== to) found.set(`${from} ${to}`, { from, to });
  }
  return [...found.keys()].sort().flatMap((id) => found.get(id) ?? []);
}

function stagesOf(model: Model, domains: readonly Domain[]): ReadonlyMap<string, string> {
  const stages = new Map<string, string>();
  const put = (stage: string, ...names: readonly (string | null)[]): void => {
    for (const name of names) if (name !== null) stages.set(name, stage);
  };
  for (const { source, models } of model.sources) put(`staging_${source}`, models.staging, models.current);
  for (const domain of domains) {
    put(`star_${domain.name}`, ...domain.dimensions.map((one) => one.name), ...[...domain.handWritten, ...domain.bridges, ...domain.facts].map((one) => one.name));
    put(`marts_${domain.name}`, ...domain.marts.map((one) => one.name));
    for (const one of domain.dimensions) {
      if (one.kind !== "table") continue;
      const stage = one.history.kind !== "current" ? `history_${domain.name}` : `star_${domain.name}`;
      put(stage, ...modelsBelow(one).map(({ name }) => name));
    }
  }
  return stages;
}

/** Teams of the brief, and exposures, which say more exactly what they read. */
function consumerNodes(model: Model, domains: readonly Domain[]): readonly FlowNode[] {
  const teams = [...new Set((model.brief?.consumers ?? []).map((one) => one.team).filter((team) => team !== ""))];
  return [
    ...teams.map((team, index) => ({ id: `consumer_${index + 1}`, label: team })),
    ...exposed(domains).map(({ name }) => ({ id: `exposure_${name}`, label: name })),
  ];
}

function exposed(domains: readonly Domain[]): readonly { readonly name: string; readonly stage: string }[] {
  return domains.flatMap(({ name: domain, facts, marts }) => [
    ...facts.flatMap((one) => one.exposures.map(({ name }) => ({ name, stage: `star_${domain}` }))),
    ...marts.flatMap((one) => one.exposures.map(({ name }) => ({ name, stage: `marts_${domain}` }))),
  ]);
}

function served(model: Model, domains: readonly Domain[], consumers: readonly FlowNode[]): readonly Edge[] {
  const teams = consumers.filter((one) => one.id.startsWith("consumer_"));
  const from = model.marts.length > 0 ? "marts" : "star";
  return [
    ...(domains.length > 0 ? teams.map(({ id }) => ({ from, to: id })) : []),
    ...exposed(domains).map(({ name, stage }) => ({ from: stage, to: `exposure_${name}` })),
  ];
}
