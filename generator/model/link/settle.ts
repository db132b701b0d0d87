import type { DiagnosticLog } from "../../diagnostics/log.ts";
import type { Origin } from "../../diagnostics/origin.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import { modelsBelow } from "../dimension-models.ts";
import type { ModelObjects } from "../graph.ts";
import { currentModel } from "../names.ts";
import type { RowSource } from "../rows.ts";
import type { SourceTable } from "../source.ts";

/** The source tables with their current-state models, which exist only where something reads them. */
export function settledSources(sources: readonly SourceTable[], objects: Omit<ModelObjects, "sources">): readonly SourceTable[] {
  const read = new Set([...objects.dimensions.flatMap((one) => (one.kind !== "table" ? [] : currentInputs(one.rows))), ...objects.bridges.flatMap((one) => (one.kind === "memberships" ? currentInputs(one.rows) : [])), ...objects.facts.flatMap((one) => currentInputs(one.rows))]);
  return sources.map((one) => (read.has(one.name) ? { ...one, models: { ...one.models, current: currentModel(one.source, one.table) } } : one));
}

function currentInputs(rows: RowSource): readonly string[] {
  return [rows.base, ...rows.joins.map((one) => one.input)].flatMap(({ reference }) => (reference.kind === "current" ? [reference.id] : []));
}

/** Reports two objects that would become the same dbt model. */
export function reportTwinModels(objects: ModelObjects, log: DiagnosticLog): void {
  const taken = new Map<string, Origin>();
  for (const [model, origin] of modelNames(objects)) {
    const before = taken.get(model);
    if (before === undefined) taken.set(model, origin);
    else log.add(pipelineDiagnostics.report("duplicate-model", { origin, pointer: "key", related: [{ origin: before, message: "the other one" }] }, { model }));
  }
}

function modelNames(objects: ModelObjects): readonly (readonly [model: string, origin: Origin])[] {
  const all: (readonly [string | null, Origin])[] = [
    ...objects.sources.flatMap((one) => [[one.models.staging, one.origin] as const, [one.models.current, one.origin] as const]),
    ...objects.handWritten.map((one) => [one.name, one.origin] as const),
    ...objects.dimensions.flatMap((one) => {
      return [one.name, ...modelsBelow(one).map(({ name }) => name)].map((name) => [name, one.origin] as const);
    }),
    ...[...objects.bridges, ...objects.facts, ...objects.marts].map((one) => [one.name, one.origin] as const),
  ];
  return all.flatMap(([name, origin]) => (name === null ? [] : [[name, origin] as const]));
}
