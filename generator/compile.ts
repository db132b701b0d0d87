import { compileDiagnostics } from "./compile-diagnostics.ts";
import type { Diagnostic } from "./diagnostics/define.ts";
import { createLog, type DiagnosticLog } from "./diagnostics/log.ts";
import { within } from "./diagnostics/origin.ts";
import { didYouMean } from "./diagnostics/suggest.ts";
import { dialectNamed, dialects } from "./dialects/registry.ts";
import { planArtifacts } from "./emitters/plan.ts";
import type { Host } from "./host.ts";
import { linkModel } from "./model/link/link.ts";
import type { Project } from "./model/project.ts";
import type { Model } from "./model/types.ts";
import { renderArtifacts, type File, type IsPrinted } from "./output/render.ts";
import { decide, undecided } from "./rules/decide.ts";
import type { Design } from "./rules/types.ts";
import type { CheckedFiles } from "./spec/checked.ts";
import type { SpecDocument } from "./spec/document.ts";
import { readSpecs } from "./spec/read.ts";
import { validateSpecs } from "./spec/validate.ts";

/** What to compile. */
export interface CompileOptions {
  readonly host: Host;
  /** The spec folder. */
  readonly root: string;
  /** Name of the warehouse, over `settings.warehouse`. */
  readonly warehouse?: string | null;
  /** The last stage to run; without it all do. `decide` gives a design, and no files; `link` one in which nothing is decided. */
  readonly until?: "link" | "decide";
  /** What earlier runs know of the spec files. */
  readonly known?: CheckedFiles;
  /** Files that were read before, and the domains of the project that they are a part of; without it all of the folder is read. */
  readonly part?: { readonly documents: readonly SpecDocument[]; readonly domains: readonly string[] };
  /** Tells which files need not be printed, as they stand in the output. */
  readonly isPrinted?: IsPrinted;
  /** Told before every stage. */
  readonly onStage?: (stage: Stage) => void;
  /** Told how many spec files there are, before they are read. */
  readonly onFiles?: (count: number) => void;
}

/** The stages of a run, in order. */
export type Stage = "read" | "validate" | "link" | "decide" | "render" | "write";

/** Files to be written (all but those that are said to stand in the output), or none where an error was reported. `design` is null where the stages did not get that far. */
export interface Compilation {
  readonly files: readonly File[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many errors were found besides the thousand that `diagnostics` holds at most. */
  readonly hidden: number;
  /** What was read, for printing places. */
  readonly documents: readonly SpecDocument[];
  readonly design: Design | null;
}

/** Compiles a spec folder; writes nothing. Every stage reports all it finds, and errors stop the run before the next one. */
export async function compile(options: CompileOptions): Promise<Compilation> {
  const { warehouse = null, until, part, onStage = () => undefined } = options;
  const log = createLog();
  const { documents, model } = linked(options, log);
  const stop = (design: Design | null): Compilation => ({ files: [], diagnostics: log.all(), hidden: log.hidden(), documents, design });
  if (model === null) return stop(null);
  const dialect = dialectNamed(model.project.warehouse);
  if (dialect === undefined) {
    log.add(unknownWarehouse(model.project, warehouse !== null));
    return stop(null);
  }
  if (until === "link") return stop(undecided(model, dialect));
  onStage("decide");
  const decided = decide(model, dialect, log);
  const design = { ...decided, domains: part?.domains ?? decided.domains };
  if (log.failed() || until === "decide") return stop(design);
  onStage("render");
  const files = renderArtifacts(planArtifacts(design, log), options.isPrinted);
  if (log.failed()) return stop(design);
  return { files, diagnostics: log.all(), hidden: 0, documents, design };
}

/** The model, or null where an error was reported. What the stages before it made is let go here: thousands of specs take much room. */
function linked({ host, root, warehouse = null, known, part, onStage = () => undefined, onFiles }: CompileOptions, log: DiagnosticLog): { readonly documents: readonly SpecDocument[]; readonly model: Model | null } {
  onStage("read");
  const read = part?.documents ?? readSpecs(host, root, log, { known, onFiles });
  if (part === undefined) known?.letGo();
  onStage("validate");
  const spec = validateSpecs(read, log, known?.keep);
  const documents = read.map(({ path, text, locate }): SpecDocument => ({ path, text, locate, value: null }));
  if (spec === null || log.failed()) return { documents, model: null };
  onStage("link");
  const model = linkModel(spec, { warehouse }, log);
  return { documents, model: log.failed() ? null : model };
}

function unknownWarehouse(project: Project, fromCommandLine: boolean): Diagnostic {
  const known = dialects.map(({ name }) => name);
  const origin = fromCommandLine ? null : within(project.origin, "warehouse");
  return compileDiagnostics.report("unknown-warehouse", { origin }, { name: project.warehouse, near: didYouMean(project.warehouse, known), known: known.join(", ") });
}
