import type { Compilation } from "./compile.ts";
import type { Origin } from "./diagnostics/origin.ts";
import { modelsBelow } from "./model/dimension-models.ts";
import type { Model, ModelNode } from "./model/types.ts";
import { lineage } from "./model/graph.ts";
import type { Decision } from "./rules/types.ts";

/** Why a generated object is as it is. */
export interface Explanation {
  readonly name: string;
  /** What it is, e.g. `dimension`. */
  readonly kind: string;
  readonly description: string;
  readonly origin: Origin;
  readonly decisions: readonly Decision[];
  /** dbt models and sources that it reads, and models that read it. */
  readonly reads: readonly string[];
  readonly readBy: readonly string[];
  /** Generated files made from it. */
  readonly files: readonly string[];
}

/** Everything that can be explained, by name. Empty where the specs did not compile as far as a design. */
export function explanations({ design, files }: Pick<Compilation, "design" | "files">): ReadonlyMap<string, Explanation> {
  if (design === null) return new Map();
  const edges = lineage(design.model);
  const explained = subjects(design.model).map(({ kind, node, models, description }): readonly [string, Explanation] => {
    const names = new Set([node.name, ...models]);
    return [node.name, {
      name: node.name,
      kind,
      description,
      origin: node.origin,
      decisions: design.decisions.filter(({ subject }) => names.has(subject)),
      reads: unique(edges.filter(({ from, to }) => names.has(to) && !names.has(from)).map(({ from }) => from)),
      readBy: unique(edges.filter(({ from, to }) => names.has(from) && !names.has(to)).map(({ to }) => to)),
      files: files.filter(({ from }) => from.some((one) => names.has(one))).map(({ path }) => path),
    }];
  });
  const byName = new Map(explained);
  for (const { node, models } of subjects(design.model)) {
    const found = byName.get(node.name);
    for (const model of models) if (found !== undefined && !byName.has(model)) byName.set(model, found);
  }
  return byName;
}

/** An object of the model with the dbt models that belong to it. */
interface Subject {
  readonly kind: string;
  readonly node: ModelNode;
  readonly models: readonly string[];
  readonly description: string;
}

function subjects(model: Model): readonly Subject[] {
  return [
    ...model.sources.map((node) => ({ kind: "source table", node, models: [node.models.staging, node.models.current].filter((one) => one !== null), description: node.description })),
    ...model.dimensions.map((node) =>
      node.kind !== "table"
        ? { kind: `${node.kind} dimension`, node, models: [], description: node.kind === "date" ? "The calendar." : "The times of day." }
        : { kind: `Type ${node.scdType} dimension`, node, models: modelsBelow(node).map(({ name }) => name), description: node.description },
    ),
    ...model.handWritten.map((node) => ({ kind: "hand-written model", node, models: [], description: node.description })),
    ...model.bridges.map((node) => ({ kind: node.kind === "memberships" ? "many-to-many bridge" : "hierarchy bridge", node, models: [], description: node.description })),
    ...model.facts.map((node) => ({ kind: `${node.kind} fact`, node, models: [], description: `${node.description} ${node.grainStatement}`.trim() })),
    ...model.marts.map((node) => ({ kind: "mart", node, models: [], description: node.description })),
    ...model.pipelines.map((node) => ({ kind: "pipeline", node, models: [], description: node.description })),
  ];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
