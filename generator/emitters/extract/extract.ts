import type { Artifact } from "../../artifact.ts";
import { sourcesNamed } from "../../model/named.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import { fieldName, landingColumns, rawName, type SourceTable } from "../../model/source.ts";
import type { Design } from "../../rules/types.ts";
import { call, dict, pythonString, pythonValue, type PythonValue } from "../python.ts";
import type { Emitter } from "../types.ts";

/** Extraction of files by dlt: one script for each pipeline that loads files, and the modules they share. */
export const extractEmitter: Emitter = {
  name: "extract",
  description: "Extraction of CSV, JSON and Parquet files into raw tables by dlt.",
  emit: (design) => {
    const scripts = design.model.pipelines.flatMap((pipeline) => scriptOf(pipeline, design) ?? []);
    return scripts.length === 0 ? [] : [...sharedModules(design), ...scripts];
  },
};

type Files = Extract<Pipeline["extract"]["connection"], { readonly kind: "files" }>;

function sharedModules({ model, dialect }: Design): readonly Artifact[] {
  const { project } = model;
  const credentials = dialect.dlt.credentials(project.name).map((one) => ({ ...one, argument: pythonString(one.argument), value: credentialCode(one) }));
  const view = { title: project.title, destination: dialect.dlt.destination, filesRoot: pythonString(`${project.name.toUpperCase()}_FILES_ROOT`), credentials, hasPath: credentials.some((one) => one.kind === "path"), hasText: credentials.some((one) => one.kind !== "path") };
  return ["files", "readers", "warehouse"].map((name) => ({
    kind: "template", mode: "generated", path: `extract/${name}.py`, blueprint: `extract/${name}.py`, view, from: [project.name], origin: project.origin,
  }));
}

function credentialCode({ variable, fallback, kind }: { readonly variable: string; readonly fallback: string | null; readonly kind: string }): string {
  const args = fallback === null ? [pythonString(variable)] : [pythonString(variable), pythonString(fallback)];
  return `${kind === "path" ? "path" : "setting"}(${args.join(", ")})`;
}

function scriptOf(pipeline: Pipeline, { model }: Design): Artifact | null {
  const { connection, tables: ids } = pipeline.extract;
  if (connection?.kind !== "files") return null;
  const tables = sourcesNamed(model, ids);
  if (tables.length === 0) return null;
  const value = tables.map((table) => tableValue(table, pipeline, connection, tables.length === 1));
  return {
    kind: "template",
    mode: "generated",
    path: `extract/${pipeline.name}.py`,
    blueprint: "extract/pipeline.py",
    view: { pipeline: pipeline.name, name: pythonString(pipeline.name), tables: pythonValue(value, 0, "TABLES = ".length) },
    from: [pipeline.name, ...ids],
    origin: pipeline.origin,
  };
}

function tableValue(table: SourceTable, pipeline: Pipeline, { glob, encoding }: Files, only: boolean): PythonValue {
  const named = glob.includes("{table}");
  const fields = new Map(table.columns.filter((one) => !landingColumns.has(rawName(one))).map((one) => [fieldName(one), rawName(one)]));
  const renamed = [...fields].flatMap(([field, name]): readonly (readonly [string, string])[] => (field === name ? [] : [[name, field]]));
  return call("Table", [
    ["schema", table.physical.schema],
    ["name", table.physical.table],
    ["files", glob.replaceAll("{table}", () => globLiteral(table.physical.table))],
    ["load", isLoadedByFile(table, pipeline) ? "by_file" : "replace"],
    ["columns", { kind: "tuple", items: [...fields.keys()] }],
    ...(renamed.length === 0 ? [] : [["renamed", dict(renamed)] as const]),
    ...(named || only ? [] : [["stem", table.physical.table] as const]),
    ...(encoding === "utf-8" ? [] : [["encoding", encoding] as const]),
  ]);
}

/** Tables whose rows or extracts add up are loaded file by file whatever the strategy says: a file would else take away what came before. */
function isLoadedByFile(table: SourceTable, pipeline: Pipeline): boolean {
  return pipeline.extract.strategy === "incremental" || table.history.kind !== "current_state";
}

/** A name inside a glob, its special characters standing for themselves. */
function globLiteral(name: string): string {
  return name.replace(/[*?[]/g, "[$&]");
}
