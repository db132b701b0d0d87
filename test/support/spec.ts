import { createLog, type DiagnosticLog } from "../../generator/diagnostics/log.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import { linkModel } from "../../generator/model/link/link.ts";
import type { Model } from "../../generator/model/types.ts";
import { readSpecs } from "../../generator/spec/read.ts";
import type { Spec } from "../../generator/spec/types.ts";
import { validateSpecs } from "../../generator/spec/validate.ts";

/** A validated spec from YAML texts by file name; fails the test where reading or validating reports an error. */
export function specOf(files: { readonly [name: string]: string } | string): Spec {
  const log = createLog();
  const named = typeof files === "string" ? { "spec.yaml": files } : files;
  const host = memoryHost(Object.fromEntries(Object.entries(named).map(([name, text]) => [`/spec/${name}`, text])));
  const spec = validateSpecs(readSpecs(host, "/spec", log), log);
  if (spec === null || log.failed()) throw new Error(codes(log).join("\n") || "no spec");
  return spec;
}

/** Links YAML texts; `codes` lists `<code> <document path>` of all that was reported. */
export function linked(files: { readonly [name: string]: string } | string, warehouse: string | null = null): { readonly model: Model | null; readonly codes: readonly string[] } {
  const spec = specOf(files);
  const log = createLog();
  const model = linkModel(spec, { warehouse }, log);
  return { model, codes: codes(log) };
}

/** Message and help of all that linking YAML texts reports. */
export function advice(files: { readonly [name: string]: string } | string): readonly string[] {
  const log = createLog();
  linkModel(specOf(files), { warehouse: null }, log);
  return log.all().map((one) => `${one.message} ${one.help}`);
}

/** `<code> <path>` of each reported problem. */
export function codes(log: DiagnosticLog): readonly string[] {
  return log.all().map((one) => `${one.code.replace(/^model\//, "")} ${(one.origin?.path ?? []).join(".")}`);
}
