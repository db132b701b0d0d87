import { createLog } from "../../generator/diagnostics/log.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import type { SpecDocument } from "../../generator/spec/document.ts";
import { readSpecs } from "../../generator/spec/read.ts";
import type { Spec } from "../../generator/spec/types.ts";
import { validateSpecs } from "../../generator/spec/validate.ts";

/** What came of a spec folder in memory: the spec, the codes that were reported, and `file:path` of each. */
export interface Outcome {
  readonly spec: Spec | null;
  readonly documents: readonly SpecDocument[];
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  /** The help of each. */
  readonly help: readonly string[];
  readonly places: readonly string[];
}

/** Reads and validates one file. */
export function specOf(text: string): Outcome {
  const log = createLog();
  const documents = readSpecs(memoryHost({ "/specs/a.yaml": text }), "/specs", log);
  const spec = validateSpecs(documents, log);
  const places = log.all().map(({ origin, pointer, range }) => {
    const document = documents.find((one) => one.path === origin?.document);
    const [start, end] = range ?? document?.locate(origin?.path ?? [], pointer) ?? [0, 0];
    return text.slice(start, end);
  });
  return { spec, documents, codes: log.all().map((one) => one.code), messages: log.all().map((one) => one.message), help: log.all().map((one) => one.help), places };
}
