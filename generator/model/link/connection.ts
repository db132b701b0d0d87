import { sourcesNamed } from "../named.ts";
import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within } from "../../diagnostics/origin.ts";
import type { PipelineSpec } from "../../spec/types.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import type { ModelObjects } from "../graph.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Loadings } from "./loading.ts";

/** How a pipeline reaches its source: `files:<glob>` or the id of an Airflow connection; null where others load it. */
export function linkConnection(spec: PipelineSpec, loadings: Loadings, objects: Pick<ModelObjects, "sources">, log: DiagnosticLog): Pipeline["extract"]["connection"] {
  const { connection, encoding } = spec.extract;
  if (encoding !== null) reportEncoding(spec, connection, log);
  if (connection === null) return null;
  const place = { origin: within(spec.origin, "extract", "connection") };
  const refuse = (problem: string): null => {
    log.add(pipelineDiagnostics.report("invalid-connection", place, { connection, problem, example: "files:landing/*/{table}.csv" }));
    return null;
  };
  if (!connection.startsWith("files:")) {
    if (!/^[A-Za-z0-9_.-]{1,200}$/.test(connection)) return refuse("is no id of an Airflow connection");
    log.add(pipelineDiagnostics.report("extraction-not-yet", place, { connection }));
    return { kind: "airflow", id: connection };
  }
  const glob = connection.slice("files:".length).trim();
  const tables = loadings.tables(spec.name);
  const names = sourcesNamed(objects, tables).map((one) => one.physical.table);
  const problem = globProblem(glob, tables.length) ?? tableProblem(glob, names);
  return problem === null ? { kind: "files", glob, encoding: encoding ?? "utf-8" } : refuse(problem);
}

/** An encoding says how text is read: Parquet holds none, and what others load they read themselves. */
function reportEncoding({ origin }: PipelineSpec, connection: string | null, log: DiagnosticLog): void {
  const isFiles = connection?.startsWith("files:") === true;
  if (isFiles && !/\.parquet$/i.test(connection.trim())) return;
  const reason = isFiles ? "Parquet files say themselves how they are written" : "this pipeline extracts no files";
  log.add(pipelineDiagnostics.report("encoding-without-text", { origin: within(origin, "extract", "encoding") }, { reason }));
}

function globProblem(glob: string, tables: number): string | null {
  const bare = glob.replaceAll("{table}", "t");
  if (glob === "") return "names no files";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(glob)) return "is an address, and generated extraction reads files";
  if (/["'`\\{}$\u0000-\u001f\u007f]/.test(bare)) return "holds a character that cannot stand in a glob (only {table} may stand in braces)";
  if (glob.startsWith("/") || /^[A-Za-z]:/.test(glob) || glob.split("/").includes("..")) return "leaves the project (the generated scripts take another root from an environment variable)";
  if (!/\.(csv|tsv|txt|json|jsonl|ndjson|parquet)(\.gz)?$|\*$/i.test(bare)) return "names no CSV, JSON or Parquet files";
  return tables > 1 && bare === glob && !glob.includes("*") ? "is one file for several tables" : null;
}

/** The names of raw tables are nearly free, and one such as `../x` would lead out of the folder of the files. */
function tableProblem(glob: string, names: readonly string[]): string | null {
  const odd = glob.includes("{table}") ? names.find((name) => name.includes("/") || /^\.+$/.test(name)) : undefined;
  return odd === undefined ? null : `would put the table '${odd}' into a path, which no file name can hold`;
}
