import { compile } from "../../generator/compile.ts";
import { memoryHost } from "../../generator/memory-host.ts";

/** The generated files of one spec text by path; throws with the messages where it has errors. */
export async function compiled(spec: string, warehouse = "duckdb"): Promise<ReadonlyMap<string, string>> {
  const { files, diagnostics } = await compile({ host: memoryHost({ "/specs/specs.yaml": spec }), root: "/specs", warehouse });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return new Map(files.map(({ path, text }) => [path, text]));
}
