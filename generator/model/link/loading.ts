import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within } from "../../diagnostics/origin.ts";
import type { ContractSpec, PipelineSpec } from "../../spec/types.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import { tableIdOf } from "./sources/identity.ts";

/** How a source table gets into the warehouse. */
export interface Loading {
  /** "text" where our own extraction lands every value as text. */
  readonly landing: "text" | "typed";
  readonly loader: string;
  /** Name of the pipeline that extracts it, or null. */
  readonly pipeline: string | null;
  /** True where new and changed rows come beside those loaded before. */
  readonly incremental: boolean;
}

/** Which pipeline loads which tables. */
export interface Loadings {
  readonly of: (table: string) => Loading;
  /** Ids of the tables a pipeline extracts, in code-point order. */
  readonly tables: (pipeline: string) => readonly string[];
}

/** Finds the tables that each pipeline extracts by its `source_system`: a source, or one table of it. A table has one loader. */
export function linkLoading(pipelines: readonly PipelineSpec[], contracts: readonly ContractSpec[], log: DiagnosticLog): Loadings {
  const described = describedTables(contracts);
  const loadings = new Map<string, Loading>();
  const tables = new Map<string, readonly string[]>();
  let unclear: Loading | null = null;
  for (const pipeline of pipelines) {
    const found = extractedTables(pipeline, described, log);
    tables.set(pipeline.name, found);
    if (found.length === 0 && pipeline.extract.connection !== null) unclear = loadingBy(pipeline);
    for (const id of found) {
      const before = loadings.get(id);
      if (before !== undefined) {
        log.add(pipelineDiagnostics.report("table-loaded-twice", { origin: within(pipeline.origin, "extract", "source_system") }, { table: id, first: before.pipeline ?? "", second: pipeline.name }));
      } else loadings.set(id, loadingBy(pipeline));
    }
  }
  // A table that nobody extracts may be the one that was meant where a name was refused.
  const otherwise = unclear ?? { landing: "typed", loader: "external", pipeline: null, incremental: false };
  return { of: (id) => loadings.get(id) ?? otherwise, tables: (name) => tables.get(name) ?? [] };
}

function loadingBy(pipeline: PipelineSpec): Loading {
  const connection = pipeline.extract.connection;
  const incremental = pipeline.extract.strategy === "incremental";
  if (connection?.startsWith("files:") === true) return { landing: "text", loader: "dlt", pipeline: pipeline.name, incremental };
  return { landing: "typed", loader: connection === null ? "external" : "airflow", pipeline: pipeline.name, incremental };
}

/** The tables that the contracts describe. */
interface DescribedTables {
  /** Ids of the tables by source, both in code-point order. */
  readonly bySource: ReadonlyMap<string, readonly string[]>;
  /** False where a contract says no name: it may be the one that is looked for. */
  readonly named: boolean;
}

function describedTables(contracts: readonly ContractSpec[]): DescribedTables {
  const ids = contracts.map(tableIdOf);
  const bySource = new Map<string, string[]>();
  for (const id of [...new Set(ids.filter((one) => one !== null))].sort()) {
    const tables = bySource.get(sourceOf(id));
    if (tables === undefined) bySource.set(sourceOf(id), [id]);
    else tables.push(id);
  }
  return { bySource, named: ids.every((one) => one !== null) };
}

function sourceOf(id: string): string {
  return id.split(".")[0] ?? "";
}

function extractedTables(pipeline: PipelineSpec, { bySource, named }: DescribedTables, log: DiagnosticLog): readonly string[] {
  const system = pipeline.extract.source_system;
  if (system === null) {
    const needed = pipeline.extract.connection?.startsWith("files:") === true;
    if (needed) log.add(pipelineDiagnostics.report("no-source-system", { origin: within(pipeline.origin, "extract"), pointer: "key" }, { name: pipeline.name, example: [...bySource.keys()][0] ?? "shop", known: knownText(bySource) }));
    return [];
  }
  const found = (bySource.get(sourceOf(system)) ?? []).filter((id) => id === system || id.startsWith(`${system}.`));
  if (found.length === 0 && named) {
    log.add(pipelineDiagnostics.report("unknown-source-system", { origin: within(pipeline.origin, "extract", "source_system") }, { name: system, suggestion: didYouMean(system, [...bySource.keys(), ...[...bySource.values()].flat()]), known: knownText(bySource) }));
  }
  return found;
}

function knownText(bySource: DescribedTables["bySource"]): string {
  return bySource.size === 0 ? "There are no contracts." : `The contracts name ${[...bySource.keys()].join(", ")}.`;
}
