import type { TemplateArtifact } from "../../artifact.ts";
import { lineage, type LineageEdge } from "../../model/graph.ts";
import { layersOf } from "../../model/reach.ts";
import type { Design } from "../../rules/types.ts";
import { namesIn, type Domain } from "./domains.ts";
import { code, codes, type Table } from "../markdown.ts";
import { flowchart, nodeId, type FlowGroup } from "./mermaid.ts";
import { page, pagesPerDomain } from "./page.ts";

/** A picture of more steps than this cannot be read: a table then says the same. */
const MOST_EDGES = 150;

const groupTitles = {
  sources: "Sources",
  written: "Hand-written models",
  staging: "Staging",
  intermediate: "Intermediate",
  snapshots: "History",
  marts: "Dimensions and facts",
  reports: "Marts",
} as const;
type Group = keyof typeof groupTitles;
type GroupOf = (name: string) => Group;

/** `docs/lineage…`: how data flows from source tables to the dimensions, facts and marts of each domain. */
export function lineageDocs(design: Design): readonly TemplateArtifact[] {
  const { model } = design;
  const incoming = byTarget(lineage(model));
  const layers = layersOf(model);
  const written = new Set(model.handWritten.map(({ name }) => name));
  const groupOf: GroupOf = (name) => (name.startsWith("source:") ? "sources" : (written.has(name) ? "written" : (layers.get(name) ?? "intermediate")));
  return pagesPerDomain("lineage", "Lineage", design, (domain, path, title) => {
    const edges = edgesInto(domain, incoming, groupOf);
    const small = edges.length <= MOST_EDGES;
    return page(path, "docs/lineage.md", namesIn(domain), {
      title,
      chart: small
        ? flowchart(
            groups(edges, domain, groupOf),
            edges.map(({ from, to }) => ({ from: nodeId(from), to: nodeId(to) })),
          )
        : null,
      listing: small ? null : table(edges),
    });
  });
}

function byTarget(edges: readonly LineageEdge[]): ReadonlyMap<string, readonly LineageEdge[]> {
  const found = new Map<string, LineageEdge[]>();
  for (const edge of edges) {
    const known = found.get(edge.to);
    if (known === undefined) found.set(edge.to, [edge]);
    else known.push(edge);
  }
  return found;
}

/** The steps that lead to a domain's objects, back to the sources; objects of other domains are where a walk ends. */
function edgesInto(domain: Domain, incoming: ReadonlyMap<string, readonly LineageEdge[]>, groupOf: GroupOf): readonly LineageEdge[] {
  const own = new Set(namesIn(domain));
  const waiting = [...own];
  const seen = new Set(waiting);
  const found: LineageEdge[] = [];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const edge of incoming.get(name) ?? []) {
      found.push(edge);
      if (seen.has(edge.from) || (groupOf(edge.from) === "marts" && !own.has(edge.from))) continue;
      seen.add(edge.from);
      waiting.push(edge.from);
    }
  }
  return found.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : a.to > b.to ? 1 : 0));
}

function groups(edges: readonly LineageEdge[], domain: Domain, groupOf: GroupOf): readonly FlowGroup[] {
  const names = [...new Set([...namesIn(domain), ...edges.flatMap(({ from, to }) => [from, to])])].sort();
  const order: readonly Group[] = ["sources", "staging", "intermediate", "written", "snapshots", "marts", "reports"];
  return order.map((group) => ({
    id: `layer_${group}`,
    title: groupTitles[group],
    nodes: names.filter((name) => groupOf(name) === group).map((name) => ({ id: nodeId(name), label: name.replace(/^source:/, "") })),
  }));
}

function table(edges: readonly LineageEdge[]): Table {
  const reads = new Map([...byTarget(edges)].map(([to, incoming]) => [to, incoming.map((one) => one.from.replace(/^source:/, ""))]));
  return {
    header: ["Model", "Reads"],
    rows: [...reads].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, from]) => [code(name), codes(from)]),
  };
}
