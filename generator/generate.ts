import type { Artifact } from "./artifact.ts";
import { openCaches, type Caches } from "./cache/caches.ts";
import { partsOf, type SpecParts } from "./cache/parts.ts";
import { isWorthKeeping } from "./cache/spec-cache.ts";
import type { Compilation, CompileOptions } from "./compile.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/define.ts";
import type { RunGit } from "./git/revision.ts";
import { inWorkTree, type BlobReader } from "./output/bases.ts";
import { outputDiagnostics } from "./output/diagnostics.ts";
import { digest } from "./output/digest.ts";
import { diskReader } from "./output/disk.ts";
import { fingerprintOf, unchangedFingerprint } from "./output/fingerprint.ts";
import type { IntactOutput } from "./output/intact.ts";
import { MANIFEST_PATH } from "./output/manifest.ts";
import { accessProblem, placeProblem } from "./output/place.ts";
import { finish, unfinished } from "./output/journal.ts";
import type { Change } from "./output/steps.ts";
import type * as write from "./output/write.ts";
import type { ComparedPart } from "./partial-run.ts";
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
  /** The build whose caches in the output folder are used; null for none. By default this one's, and none when run from sources. */
  readonly cache?: string | null;
  /** Whether the design is let go once the files are printed, which leaves more room to write them. */
  readonly lean?: boolean;
}

/** What a run did, or with `check` would do, to the output folder. Where caches spared the compilation, or a part of it, there is no design. */
export interface Generation extends Compilation {
  /** Files created, updated, deleted, or kept against what the specs ask for; all others are unchanged. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** With `check`: a hash of all that would be written and deleted, and over what; null where nothing was planned. */
  readonly fingerprint: string | null;
  /** What was compiled where caches spared the rest. */
  readonly part?: ComparedPart;
}

/**
 * Compiles a spec folder and brings the output folder to it. All or nothing: with any error, in the specs or in the
 * output folder (`output/…`), no file changes.
 */
export async function generate(options: GenerateOptions): Promise<Generation> {
  return (await generateWithCaches(options)).generation;
}

/** As `generate`, with the caches that were used; null for none. */
export async function generateWithCaches(options: GenerateOptions): Promise<{ readonly generation: Generation; readonly caches: Caches | null }> {
  const refused = (problem: Diagnostic): Generation => ({ ...NOTHING, diagnostics: [problem] });
  try {
    const misplaced = placeProblem(options.host, options.root, options.out);
    if (misplaced !== null) return { generation: refused(misplaced), caches: null };
    const caches = cachesOf(options);
    return { generation: await run(options, caches), caches };
  } catch (error) {
    const problem = accessProblem(error);
    if (problem === null) throw error;
    return { generation: refused(problem), caches: null };
  }
}

async function run(options: GenerateOptions, caches: Caches | null): Promise<Generation> {
  const output = caches?.last.sameSpecs === true ? caches.last.output() : null;
  if (output !== null) return repeated(options, output, caches?.last.before?.warnings ?? []);
  const work = await compiled(options, caches);
  const { compilation } = work;
  if (hasErrors(compilation.diagnostics)) return { ...compilation, changes: [], unchanged: 0, fingerprint: null };
  options.onStage?.("write");
  // Loaded only now, like the compiler: a run that repeats the last one needs neither.
  const writing = await import("./output/write.ts");
  if (options.check === true) {
    const problem = unfinished(options.host, options.out);
    return problem === null ? compare(options, work, writing).generation : stopped(compilation, problem);
  }
  const done = locked(options, work, () => (isOvertaken(options, work) ? null : apply(options, work, writing, caches)));
  // Null where another run has changed the output since it was looked at.
  return done ?? run(options, null);
}

/** A run that would do and say what the last one did. */
async function repeated({ host, root, check = false }: GenerateOptions, output: IntactOutput, diagnostics: readonly Diagnostic[]): Promise<Generation> {
  const fingerprint = check ? unchangedFingerprint(output.digest) : null;
  const same = { ...NOTHING, unchanged: output.files, fingerprint };
  if (diagnostics.length === 0) return same;
  const { documentsOf } = await import("./partial-run.ts");
  return { ...same, diagnostics, documents: documentsOf(diagnostics, { host, root }) };
}

/** What was compiled: all specs, or a part of them; and what is known of the output, other files of which stay as they are. */
interface Work {
  readonly compilation: Compilation;
  readonly parts: SpecParts | null;
  readonly settled?: write.SettledOutput;
  readonly part?: ComparedPart;
}

async function compiled(options: GenerateOptions, caches: Caches | null): Promise<Work> {
  const { compilePart } = await import("./partial-run.ts");
  const part = caches === null || caches.last.sameSpecs ? null : await compilePart(options, caches);
  if (part !== null) return { ...part, parts: caches?.last.before?.parts ?? null };
  const { compile } = await import("./compile.ts");
  if (caches === null) return { compilation: leanly(await compile(options), options), parts: null };
  return compiledWhole(options, caches, compile);
}

/** All specs are compiled; of the files those are printed that an earlier run did not print from the same. */
async function compiledWhole(options: GenerateOptions, { last, files, printed }: Caches, compile: (options: CompileOptions) => Promise<Compilation>): Promise<Work> {
  if (!isWorthKeeping(last.specs)) return { compilation: leanly(await compile({ ...options, known: files }), options), parts: null };
  const output = last.output();
  const manifest = output?.manifest() ?? null;
  const stays = new Set<string>();
  const isPrinted = (artifact: Artifact): boolean => {
    const there = printed.isIn(manifest, artifact);
    if (there) stays.add(artifact.path);
    return there;
  };
  const compilation = await compile({ ...options, known: files, isPrinted });
  const parts = compilation.design === null || options.check === true ? null : partsOf(compilation.design, last.specs.keys());
  return { compilation: leanly(compilation, options), parts, ...(output === null ? {} : { settled: { ...output, stays } }) };
}

function leanly(compilation: Compilation, { lean = false }: GenerateOptions): Compilation {
  return lean ? { ...compilation, design: null } : compilation;
}

/** Whether the output may be another by now. */
function isOvertaken({ host, out }: GenerateOptions, { settled }: Work): boolean {
  const found = settled === undefined ? null : diskReader(host, out)(MANIFEST_PATH);
  return found !== null && (found.kind !== "file" || digest(found.bytes) !== settled?.digest);
}

type Writing = Pick<typeof write, "planWrite" | "isStillTrue" | "applyWrite">;

const NOTHING: Generation = { files: [], documents: [], design: null, diagnostics: [], hidden: 0, changes: [], unchanged: 0, fingerprint: null };

/** None for a plan that was agreed to, which is compared with all that would be done. */
function cachesOf({ host, root, out, warehouse = null, agreed = null, cache = build }: GenerateOptions): Caches | null {
  return agreed !== null || cache === null ? null : openCaches({ host, root, out, warehouse, build: cache });
}

function stopped(compilation: Compilation, problem: Diagnostic): Generation {
  return { ...compilation, diagnostics: [...compilation.diagnostics, problem], changes: [], unchanged: 0, fingerprint: null };
}

function compare({ host, out, git, conflict = "stop", restore = false, check = false }: GenerateOptions, { compilation, settled, part }: Work, { planWrite }: Writing): { readonly plan: write.WritePlan; readonly generation: Generation } {
  const plan = planWrite(host, out, compilation.files, { blobs: inWorkTree(host, out) ? blobReader(out, git) : null, conflict, restore, generator: version, ...(settled === undefined ? {} : { settled }) });
  const touched = plan.changes.filter(({ action }) => action !== "delete").length;
  const diagnostics = [...compilation.diagnostics, ...plan.diagnostics];
  const files = settled !== undefined && settled.stays === undefined ? settled.files : compilation.files.length + (settled?.stays?.size ?? 0);
  return { plan, generation: { ...compilation, diagnostics, changes: plan.changes, unchanged: files - touched, fingerprint: check ? fingerprintOf(plan) : null, ...(part === undefined ? {} : { part }) } };
}

/** Git's object store as seen from the output folder. */
function blobReader(out: string, git: RunGit | undefined): BlobReader {
  return (id) => {
    const found = git?.(["-C", out, "cat-file", "blob", id]) ?? null;
    return found === null || found.status !== 0 ? null : found.stdout;
  };
}

/** A file that is edited meanwhile is planned anew. */
function apply(options: GenerateOptions, work: Work, writing: Writing, caches: Caches | null): Generation {
  const { plan, generation } = compare(options, work, writing);
  const { applyWrite, isStillTrue } = writing;
  const { agreed = null } = options;
  if (agreed !== null && fingerprintOf(plan) !== agreed) return stopped(work.compilation, outputDiagnostics.report("plan-stale", { origin: null }, {}));
  if (!isStillTrue(options.host, options.out, plan)) return apply(options, work, writing, caches);
  if (hasErrors(generation.diagnostics)) return generation;
  if (applyWrite(options.host, options.out, plan).length > 0) return apply(options, work, writing, caches);
  // Warnings about the specs are said again by the next run; what there is to say about the output that run has to find out.
  if (plan.diagnostics.length === 0 && plan.manifestAfter !== null) caches?.last.remember(plan.manifestAfter, { parts: work.parts, warnings: work.compilation.diagnostics });
  caches?.files.save(caches.last.specs);
  caches?.parts.save();
  if (work.part === undefined && plan.manifestAfter !== null) caches?.printed.save(plan.manifestAfter.entries());
  return generation;
}

function locked({ host, out }: GenerateOptions, { compilation }: Work, act: () => Generation | null): Generation | null {
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
