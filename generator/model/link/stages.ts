import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within, type Origin } from "../../diagnostics/origin.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { CleanStepSpec, ColumnSpec, ContractSpec, PipelineSpec } from "../../spec/types.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import { parseType } from "../type-text.ts";
import type { Loadings } from "./loading.ts";
import { tableIdOf } from "./sources/identity.ts";

/**
 * The contracts with the defaults that `transform.stages[].operations` of their pipelines give them. The stages `enrich`
 * and `aggregate` name objects and are read with the pipelines.
 */
export function applyStages(contracts: readonly ContractSpec[], pipelines: readonly PipelineSpec[], loadings: Loadings, log: DiagnosticLog): readonly ContractSpec[] {
  let current = contracts;
  const named = contracts.every((one) => tableIdOf(one) !== null);
  for (const pipeline of pipelines) {
    const tables = new Set(loadings.tables(pipeline.name));
    if (tables.size === 0) reportNoTables(pipeline, log);
    for (const [at, stage] of pipeline.transform.stages.entries()) {
      if (namingStages.has(stage.name)) continue;
      if (stage.name !== "clean") {
        reportStage(stage.name, within(pipeline.origin, "transform", "stages", at, "name"), log);
        continue;
      }
      for (const [index, text] of stage.operations.entries()) {
        const origin = within(pipeline.origin, "transform", "stages", at, "operations", index);
        const operation = operationOf(text, origin, log);
        // A contract without a name may be the one that the operation reaches.
        if (operation !== null && tables.size > 0 && named) current = applyOperation(operation, text, current, tables, origin, log);
      }
    }
  }
  return current;
}

/** Stages whose operations are names of dimensions, facts and marts. */
export const namingStages: ReadonlySet<string> = new Set(["enrich", "aggregate"]);

type Operation = "trim" | "dedupe" | "nulls" | "casts";

const spellings: ReadonlyMap<string, Operation> = new Map([
  ["trim", "trim"], ["trimming", "trim"], ["dedupe", "dedupe"], ["dedup", "dedupe"], ["deduplicate", "dedupe"], ["deduplication", "dedupe"],
  ["null handling", "nulls"], ["nulls", "nulls"], ["handle nulls", "nulls"], ["cast", "casts"], ["casts", "casts"], ["casting", "casts"], ["type casting", "casts"],
]);

function operationOf(text: string, origin: Origin, log: DiagnosticLog): Operation | null {
  const operation = spellings.get(text.trim().toLowerCase().replace(/[\s_-]+/g, " "));
  if (operation !== undefined) return operation;
  log.add(pipelineDiagnostics.report("unknown-operation", { origin }, { operation: text, suggestion: didYouMean(text, spellings.keys()) }));
  return null;
}

function reportStage(stage: string, origin: Origin, log: DiagnosticLog): void {
  log.add(pipelineDiagnostics.report("unknown-stage", { origin }, { stage, suggestion: didYouMean(stage, ["clean", ...namingStages]) }));
}

/** A pipeline that extracts nothing has no tables to clean; told once. Where a name was refused, that is told there. */
function reportNoTables({ extract, transform, origin }: PipelineSpec, log: DiagnosticLog): void {
  const at = transform.stages.findIndex((one) => one.name === "clean" && one.operations.length > 0);
  const operation = transform.stages[at]?.operations[0];
  if (operation === undefined || extract.source_system !== null || extract.connection?.startsWith("files:") === true) return;
  const parameters = { operation, reason: "the pipeline extracts no table", instead: "state extract.source_system, the source of the contracts that are meant." };
  log.add(pipelineDiagnostics.report("operation-without-effect", { origin: within(origin, "transform", "stages", at, "operations", 0) }, parameters));
}

function applyOperation(operation: Operation, text: string, contracts: readonly ContractSpec[], tables: ReadonlySet<string>, origin: Origin, log: DiagnosticLog): readonly ContractSpec[] {
  const refuse = (reason: string, instead: string): readonly ContractSpec[] => {
    log.add(pipelineDiagnostics.report("operation-without-effect", { origin }, { operation: text, reason, instead }));
    return contracts;
  };
  // Staging casts every column to its type anyway.
  if (operation === "casts") return contracts;
  let changed = false;
  const applied = contracts.map((contract) => {
    const after = tables.has(tableIdOf(contract) ?? "") ? changedContract(operation, contract) : contract;
    changed ||= after !== contract;
    return after;
  });
  if (changed) return applied;
  return operation === "dedupe"
    ? refuse("no table has a primary key and a column that tells the latest row", "state primary_key and updated_at (or loaded_at) in the contracts, or deduplicate: {keep: latest, by: [<column>]}.")
    : refuse("no table has a text column that lacks it", "take the operation away.");
}

/** The contract with the operation as default, or the same object where nothing changes. */
function changedContract(operation: "trim" | "dedupe" | "nulls", contract: ContractSpec): ContractSpec {
  if (operation === "dedupe") return deduplicated(contract);
  const steps: readonly CleanStepSpec[] = operation === "trim" ? [{ kind: "trim" }] : [{ kind: "nullif", values: [""] }];
  const kind = operation === "trim" ? "trim" : "nullif";
  const lacks = contract.schema.map((column) => isText(column) && column.clean.every((one) => one.kind !== kind));
  if (!lacks.includes(true)) return contract;
  // An empty text becomes NULL after trimming, so nullif goes behind the trim that may stand first.
  const schema = contract.schema.map((column, index): ColumnSpec => {
    if (lacks[index] !== true) return column;
    const trimmed = column.clean[0]?.kind === "trim" && kind === "nullif" ? 1 : 0;
    return { ...column, clean: [...column.clean.slice(0, trimmed), ...steps, ...column.clean.slice(trimmed)] };
  });
  return { ...contract, schema };
}

function isText(column: ColumnSpec): boolean {
  return column.type !== null && parseType(column.type)?.kind === "string" && (column.physical_type === null || parseType(column.physical_type)?.kind === "string");
}

/** Events and extracts are left alone: several rows of one key are their history. */
function deduplicated(contract: ContractSpec): ContractSpec {
  const history = contract.history?.kind ?? "current_state";
  const by = contract.updated_at ?? (contract.schema.some((one) => one.column === contract.loaded_at) ? contract.loaded_at : null);
  const keyed = contract.primary_key.length > 0 || contract.schema.some((one) => one.primary_key);
  if (contract.deduplicate !== null || !keyed || by === null || history === "change_log" || history === "periodic_extract") return contract;
  // Where there is no such column, that is told of updated_at.
  const known = contract.schema.filter((one) => one.column === by).map((one) => one.column);
  return { ...contract, deduplicate: { keep: "latest", by: known } };
}
