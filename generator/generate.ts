import type { Compilation, CompileOptions } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/define.ts";
import type { RunGit } from "./git/revision.ts";
import { lastRun, type LastRun } from "./last-run.ts";
import { inWorkTree, type BlobReader } from "./output/bases.ts";
import { outputDiagnostics } from "./output/diagnostics.ts";
import { diskReader } from "./output/disk.ts";
import { accessProblem, placeProblem } from "./output/place.ts";
import { finish, unfinished } from "./output/journal.ts";
import type { Change } from "./output/steps.ts";
import type * as write from "./output/write.ts";
import { build, version } from "./version.ts";

const LOCK_PATH = ".dps-gen/lock";

/** What to generate, and where. */
export interface GenerateOptions extends CompileOptions {
  /** The output folder; made where it is missing. */
  readonly out: string;
  /** Only say what would be done. */
  readonly check?: boolean;
  /** How git is asked for texts of earlier runs, to merge edits with; without it only kept copies serve. */
  readonly git?: RunGit;
  /** What is done about edits that conflict with what the specs ask for; by default nothing is written then. */
  readonly conflict?: write.WriteSettings["conflict"];
  /** The fingerprint of a plan that was agreed to: where another would be carried out, nothing is written. */
  readonly agreed?: string | null;
  /** Whether generated files that were deleted by hand are written again. */
  readonly restore?: boolean;
}

/** What a run did, or with `check` would do, to the output folder. */
export interface Generation extends Compilation {
  /** Files created, updated, deleted, or kept against what the specs ask for; all others are unchanged. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** With `check`: a hash of all that would be written and deleted, and over what; null where nothing was planned. */
  readonly fingerprint: string | null;
}

/**
 * Compiles a spec folder and brings the output folder to it. All or nothing: with any error, in the specs or in the
 * output folder (`output/…`), no file changes.
 */
export async function generate(options: GenerateOptions): Promise<Generation> {
  try {
    const misplaced = placeProblem(options.host, options.root, options.out);
    return misplaced === null ? await run(options) : { ...NOTHING, diagnostics: [misplaced] };
  } catch (error) {
    const refused = accessProblem(error);
    if (refused === null) throw error;
    return { ...NOTHING, diagnostics: [refused] };
  }
}

async function run(options: GenerateOptions): Promise<Generation> {
  const last = lastRunOf(options);
  if (last !== null && last.upToDate !== null) return { ...NOTHING, unchanged: last.upToDate };
  const { compile } = await import("./compile.ts");
  const compilation = await compile(options);
  if (hasErrors(compilation.diagnostics)) return { ...compilation, changes: [], unchanged: 0, fingerprint: null };
  options.onStage?.("write");
  // Loaded only now, like the compiler: a run that repeats the last one needs neither.
  const writing = await import("./output/write.ts");
  if (options.check === true) {
    const problem = unfinished(options.host, options.out);
    return problem === null ? compare(options, compilation, writing).generation : stopped(compilation, problem);
  }
  return locked(options, compilation, () => apply(options, compilation, writing, last));
}

type Writing = Pick<typeof write, "planWrite" | "isStillTrue" | "applyWrite" | "fingerprintOf">;

const NOTHING: Generation = { files: [], documents: [], design: null, diagnostics: [], hidden: 0, changes: [], unchanged: 0, fingerprint: null };

/** The look at the last run; none for `check`, which believes no cache, and when run from sources. */
function lastRunOf({ host, root, out, warehouse = null, check = false, agreed = null }: GenerateOptions): LastRun | null {
  return check || agreed !== null || build === null ? null : lastRun(host, root, out, { build, warehouse });
}

function stopped(compilation: Compilation, problem: Diagnostic): Generation {
  return { ...compilation, diagnostics: [...compilation.diagnostics, problem], changes: [], unchanged: 0, fingerprint: null };
}

function compare({ host, out, git, conflict = "stop", restore = false, check = false }: GenerateOptions, compilation: Compilation, { planWrite, fingerprintOf }: Writing): { readonly plan: write.WritePlan; readonly generation: Generation } {
  const plan = planWrite(host, out, compilation.files, { blobs: inWorkTree(host, out) ? blobReader(out, git) : null, conflict, restore, generator: version });
  const touched = plan.changes.filter(({ action }) => action !== "delete").length;
  const diagnostics = [...compilation.diagnostics, ...plan.diagnostics];
  return { plan, generation: { ...compilation, diagnostics, changes: plan.changes, unchanged: compilation.files.length - touched, fingerprint: check ? fingerprintOf(plan) : null } };
}

/** Git's object store as seen from the output folder. */
function blobReader(out: string, git: RunGit | undefined): BlobReader {
  return (id) => {
    const found = git?.(["-C", out, "cat-file", "blob", id]) ?? null;
    return found === null || found.status !== 0 ? null : found.stdout;
  };
}

/** Only a run without a word to say is remembered: warnings must be seen again. A file that is edited meanwhile is planned anew. */
function apply(options: GenerateOptions, compilation: Compilation, writing: Writing, last: LastRun | null): Generation {
  const { plan, generation } = compare(options, compilation, writing);
  const { applyWrite, isStillTrue, fingerprintOf } = writing;
  const { agreed = null } = options;
  if (agreed !== null && fingerprintOf(plan) !== agreed) return stopped(compilation, outputDiagnostics.report("plan-stale", { origin: null }, {}));
  if (!isStillTrue(options.host, options.out, plan)) return apply(options, compilation, writing, last);
  if (!hasErrors(generation.diagnostics) && applyWrite(options.host, options.out, plan).length > 0) return apply(options, compilation, writing, last);
  if (generation.diagnostics.length === 0) last?.remember();
  return generation;
}

function locked({ host, out }: GenerateOptions, compilation: Compilation, act: () => Generation): Generation {
  const refused = (code: "locked" | "not-a-file"): Generation => stopped(compilation, outputDiagnostics.report(code, { origin: null }, { path: LOCK_PATH }));
  // A lock is a file like any other: none is written through a link.
  if (diskReader(host, out)(LOCK_PATH).kind === "other") return refused("not-a-file");
  const release = host.lock(host.resolve(out, LOCK_PATH));
  if (release === null) return refused("locked");
  try {
    const problem = finish(host, out);
    return problem === null ? act() : stopped(compilation, problem);
  } finally {
    release();
    // Where nothing was written, not even the folder of the lock stays.
    host.removeEmptyFolder(host.resolve(out, ".dps-gen"));
  }
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
