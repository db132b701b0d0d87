import type { Host } from "../host.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { baseFinder, keepTexts, type BlobReader } from "./bases.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { diskReader, type DiskReader } from "./disk.ts";
import type { IntactOutput } from "./intact.ts";
import { commit, type Replacement } from "./journal.ts";
import { printManifest, withEntries } from "./manifest-lines.ts";
import { parseManifest, type ManifestReading } from "./manifest-reading.ts";
import { isNewer, MANIFEST_PATH, sharedPaths, type Manifest } from "./manifest.ts";
import type { File } from "./render.ts";
import { movedStep, orphanSteps, wantedStep, type Change, type StepSettings, type WriteStep } from "./steps.ts";

/** What would be done to an output folder. With an error among the diagnostics nothing may be applied. */
export interface WritePlan {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** Contents of files to create or update, by path, in order; paths to delete. */
  readonly writes: ReadonlyMap<string, string | Uint8Array>;
  readonly deletes: readonly string[];
  /** Texts to keep copies of, by hash. */
  readonly kept: ReadonlyMap<string, string>;
  /** Digests of the files to change as they were when this was planned; null for one that was not there. */
  readonly seen: ReadonlyMap<string, string | null>;
  /** The manifest's new bytes, or null where it stays; the digest of the one that is there. */
  readonly manifest: Uint8Array | null;
  readonly manifestBefore: string | null;
  /** The manifest once the plan is applied; null where nothing is planned. */
  readonly manifestAfter: ManifestAfter | null;
}

/** A manifest that is to be written: its bytes with their digest, the number of its files, those that are shared, and its entries, which few runs ask for. */
export interface ManifestAfter {
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly files: number;
  readonly shared: readonly string[];
  readonly entries: () => Manifest;
}

/** A folder in which all files other than those to be are known to be as its manifest says. */
export interface SettledOutput extends IntactOutput {
  /** Which of them stay, the others are deleted; without it all do. */
  readonly stays?: ReadonlySet<string>;
}

/** What a run may do about edits. */
export interface WriteSettings extends Omit<StepSettings, "inGit" | "baseOf"> {
  /** Git's object store; null where the output lies in no git work tree: copies of all texts are kept then. */
  readonly blobs: BlobReader | null;
  /** The version that the manifest names as its writer; without it none is named and none refused. */
  readonly generator?: string;
  /** What is known of the output already: files of which it says that they stay are not looked at. */
  readonly settled?: SettledOutput;
}

const CAREFUL: WriteSettings = { blobs: null, conflict: "stop", restore: false };

/**
 * Compares the files to be with the folder `out` and the manifest of the last run; reads only. Files that no manifest
 * names and no run generates are not looked at.
 */
export function planWrite(host: Host, out: string, files: readonly File[], settings: WriteSettings = CAREFUL): WritePlan {
  const { generator = null, settled } = settings;
  const before = settled === undefined ? readManifest(host, out) : { ...settled, generator, problem: null };
  if (before.problem !== null) return { ...NOTHING, diagnostics: [before.problem] };
  if (generator !== null && before.generator !== null && isNewer(before.generator, generator)) {
    return { ...NOTHING, diagnostics: [outputDiagnostics.report("generator-newer", { origin: null }, { before: before.generator, now: generator })] };
  }
  const disk = diskReader(host, out);
  const stepSettings = { ...settings, inGit: settings.blobs !== null, baseOf: baseFinder(host, out, settings.blobs) };
  const names = new Set([...files.map(({ path }) => path), ...(settled?.stays ?? [])]);
  const moved = (file: File): WriteStep | null => (file.formerly === undefined || names.has(file.formerly) ? null : movedStep(file, before.entry, disk, stepSettings));
  const wanted = files.map((file) => moved(file) ?? wantedStep(file, before.entry(file.path), disk, stepSettings));
  const gone = new Set(wanted.flatMap(({ path, from = path }) => from));
  const orphans = settled === undefined || settled.stays !== undefined ? orphanSteps(before.manifest(), new Set([...names, ...gone]), disk) : [];
  const steps = [...wanted, ...orphans].map((step) => sparingLinks(step, host, out));
  const fresh = new Map(steps.flatMap((step) => (step.entry === undefined ? [] : [[step.path, step.entry] as const])));
  const manifestBefore = before.digest;
  const manifestAfter = manifestOf(fresh, settled, generator ?? before.generator);
  const same = manifestAfter.digest === manifestBefore;
  steps.sort((a, b) => (a.path < b.path ? -1 : 1));
  const written = steps.flatMap((step) => [...(step.besides ?? []), ...(CHANGES.some((one) => one === step.action) && step.action !== "delete" ? [[step.path, step.text] as const] : [])]);
  const deletes = steps.flatMap(({ path, action, from }) => (action === "delete" ? [path] : (from ?? [])));
  return {
    changes: steps.flatMap(changeOf),
    diagnostics: [...problemsOf(steps), ...upgradeNote(before.generator, generator, steps)],
    writes: new Map(written),
    deletes,
    kept: new Map(steps.flatMap(({ kept }) => (kept === undefined ? [] : [kept]))),
    seen: new Map([...written.map(([path]) => path), ...deletes].map((path) => [path, digestAt(path, disk)])),
    manifest: same ? null : manifestAfter.bytes,
    manifestBefore,
    manifestAfter,
  };
}

/** What a step does as it is reported: one that a person must settle first, or that leaves both texts to choose from, is a conflict. */
function changeOf({ path, action, from, problem }: WriteStep): readonly Change[] {
  if (action === "none") return [];
  const isConflict = problem?.severity === "error" || problem?.code === "output/conflict-written";
  return [{ path, action: isConflict ? "conflict" : action, ...(from === undefined ? {} : { from }) }];
}

/** What is wrong with the steps; a link in place of a folder is told once, not for each file below it. */
function problemsOf(steps: readonly WriteStep[]): readonly Diagnostic[] {
  const found = new Map(steps.flatMap(({ problem }) => (problem === undefined ? [] : [[`${problem.code} ${problem.message}`, problem] as const])));
  return [...found.values()];
}

/** The manifest with the entries of the files to be, and those of all files that stay. */
function manifestOf(fresh: Manifest, settled: SettledOutput | undefined, generator: string | null): ManifestAfter {
  if (settled !== undefined && settled.stays === undefined) {
    const bytes = withEntries(settled.bytes, fresh);
    return { bytes, digest: digest(bytes), files: settled.files, shared: sharedPaths(fresh, settled.shared), entries: () => new Map([...settled.manifest(), ...fresh]) };
  }
  const kept = [...(settled?.manifest() ?? [])].filter(([path]) => settled?.stays?.has(path));
  const all = new Map([...kept, ...fresh]);
  const bytes = Buffer.from(printManifest(all, generator));
  return { bytes, digest: digest(bytes), files: all.size, shared: sharedPaths(all), entries: () => all };
}

/** Says that another version wrote the folder, where files that were there already change. */
function upgradeNote(before: string | null, now: string | null, steps: readonly WriteStep[]): readonly Diagnostic[] {
  const count = steps.filter(({ action }) => action === "update" || action === "merge").length;
  if (before === null || now === null || before === now || count === 0) return [];
  return [outputDiagnostics.report("upgraded", { origin: null }, { before, now, count })];
}

/** A file that has further names is left alone: what stands under those is not ours. */
function sparingLinks(step: WriteStep, host: Host, out: string): WriteStep {
  if (!CHANGES.some((one) => one === step.action) || step.action === "create" || !host.hasOtherNames(host.resolve(out, step.from ?? step.path))) return step;
  return { path: step.path, text: "", action: "keep", problem: outputDiagnostics.report("not-a-file", { origin: null }, { path: step.path }) };
}

/** False where a file that the plan changes was edited since: then it is planned again, so that no edit is lost. */
export function isStillTrue(host: Host, out: string, plan: WritePlan): boolean {
  const disk = diskReader(host, out);
  return [...plan.seen].every(([path, before]) => digestAt(path, disk) === before);
}

function digestAt(path: string, disk: DiskReader): string | null {
  const found = disk(path);
  return found.kind === "file" ? digest(found.bytes) : null;
}

/**
 * Applies a plan without errors: kept texts and files in order, then deletions with folders left empty, the manifest, and last
 * what only the old manifest needed. Answers with files that were edited at the last moment: they are left alone.
 */
export function applyWrite(host: Host, out: string, plan: WritePlan): readonly string[] {
  const { manifestAfter } = plan;
  const copies = manifestAfter === null || (plan.manifest === null && plan.kept.size === 0) ? { writes: [], deletes: [] } : keepTexts(host, out, plan.kept, manifestAfter);
  const before = (path: string): string | null => plan.seen.get(path) ?? null;
  const disk = diskReader(host, out);
  return commit(host, out, [
    ...copies.writes.map(([path, content]): Replacement => ({ path, before: null, content })),
    ...[...plan.writes].map(([path, content]): Replacement => ({ path, before: before(path), content })),
    ...plan.deletes.map((path): Replacement => ({ path, before: before(path), content: null })),
    ...(plan.manifest === null ? [] : [{ path: MANIFEST_PATH, before: plan.manifestBefore, content: plan.manifest, ...(manifestAfter === null ? {} : { after: manifestAfter.digest }) }]),
    ...copies.deletes.map((path): Replacement => ({ path, before: digestAt(path, disk), content: null })),
  ]);
}

const CHANGES = ["create", "update", "merge", "move", "delete"] as const;

const NOTHING: WritePlan = { changes: [], diagnostics: [], writes: new Map(), deletes: [], kept: new Map(), seen: new Map(), manifest: null, manifestBefore: null, manifestAfter: null };

/** The manifest that is there, if any, and its digest. */
function readManifest(host: Host, out: string): Omit<ManifestReading, "manifest"> & Pick<IntactOutput, "entry" | "manifest"> & { readonly digest: string | null } {
  const found = diskReader(host, out)(MANIFEST_PATH);
  const lookup = (manifest: Manifest): Pick<IntactOutput, "entry" | "manifest"> => ({ entry: (path) => manifest.get(path), manifest: () => manifest });
  if (found.kind === "file") {
    const { manifest, ...reading } = parseManifest(new TextDecoder().decode(found.bytes).replaceAll("\r\n", "\n"));
    return { ...reading, ...lookup(manifest), digest: digest(found.bytes) };
  }
  const problem = found.kind === "missing" ? null : outputDiagnostics.report("not-a-file", { origin: null }, { path: found.at });
  return { generator: null, problem, ...lookup(new Map()), digest: null };
}
