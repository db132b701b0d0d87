import type { Host } from "../host.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { baseFinder, keepTexts, type BlobReader } from "./bases.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { diskReader, type DiskReader } from "./disk.ts";
import { commit, type Replacement } from "./journal.ts";
import { isNewer, MANIFEST_PATH, parseManifest, printManifest, withEntries, type Manifest, type ManifestReading } from "./manifest.ts";
import type { File } from "./render.ts";
import { movedStep, orphanSteps, wantedStep, type Change, type StepSettings, type WriteStep } from "./steps.ts";

/** What would be done to an output folder. With an error among the diagnostics nothing may be applied. */
export interface WritePlan {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** Contents of files to create or update, by path, in order; paths to delete. */
  readonly writes: ReadonlyMap<string, string | Uint8Array>;
  readonly deletes: readonly string[];
  /** Texts to keep copies of, by hash, and the hashes that the new manifest needs. */
  readonly kept: ReadonlyMap<string, string>;
  readonly needed: ReadonlySet<string>;
  /** Digests of the files to change as they were when this was planned; null for one that was not there. */
  readonly seen: ReadonlyMap<string, string | null>;
  /** The manifest's new text, or null where it stays; the digest of the one that is there. */
  readonly manifest: string | null;
  readonly manifestBefore: string | null;
  /** The manifest's text once the plan is applied; null where nothing is planned. */
  readonly manifestAfter: string | null;
}

/** What a run may do about edits. */
export interface WriteSettings extends Omit<StepSettings, "inGit" | "baseOf"> {
  /** Git's object store; null where the output lies in no git work tree: copies of all texts are kept then. */
  readonly blobs: BlobReader | null;
  /** The version that the manifest names as its writer; without it none is named and none refused. */
  readonly generator?: string;
  /** The manifest, read before, of a folder in which all files other than those to be are known to be as it says, and stay so: they are not looked at. */
  readonly settled?: { readonly manifest: Manifest; readonly text: string };
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
  const names = new Set(files.map(({ path }) => path));
  const moved = (file: File): WriteStep | null => (file.formerly === undefined || names.has(file.formerly) ? null : movedStep(file, before.manifest, disk, stepSettings));
  const wanted = files.map((file) => moved(file) ?? wantedStep(file, before.manifest.get(file.path), disk, stepSettings));
  const gone = new Set(wanted.flatMap(({ path, from = path }) => from));
  const orphans = settled === undefined ? orphanSteps(before.manifest, new Set([...names, ...gone]), disk) : [];
  const steps = [...wanted, ...orphans].map((step) => sparingLinks(step, host, out));
  const fresh = new Map(steps.flatMap((step) => (step.entry === undefined ? [] : [[step.path, step.entry] as const])));
  const manifest = settled === undefined ? printManifest(fresh, generator ?? before.generator) : withEntries(settled.text, fresh);
  const entries = settled === undefined ? fresh : new Map([...settled.manifest, ...fresh]);
  steps.sort((a, b) => (a.path < b.path ? -1 : 1));
  const written = steps.flatMap((step) => [...(step.besides ?? []), ...(CHANGES.some((one) => one === step.action) && step.action !== "delete" ? [[step.path, step.text] as const] : [])]);
  const deletes = steps.flatMap(({ path, action, from }) => (action === "delete" ? [path] : (from ?? [])));
  return {
    changes: steps.flatMap(({ path, action, from }) => (action === "none" ? [] : [{ path, action, ...(from === undefined ? {} : { from }) }])),
    diagnostics: [...steps.flatMap(({ problem }) => problem ?? []), ...upgradeNote(before.generator, generator, steps)],
    writes: new Map(written),
    deletes,
    kept: new Map(steps.flatMap(({ kept }) => (kept === undefined ? [] : [kept]))),
    needed: new Set([...entries.values()].map(({ hash }) => hash)),
    seen: new Map([...written.map(([path]) => path), ...deletes].map((path) => [path, digestAt(path, disk)])),
    manifest: manifest === before.text ? null : manifest,
    manifestBefore: before.text === null ? null : digest(before.text),
    manifestAfter: manifest,
  };
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
  const copies = plan.manifest === null && plan.kept.size === 0 ? { writes: [], deletes: [] } : keepTexts(host, out, plan.kept, plan.needed);
  const before = (path: string): string | null => plan.seen.get(path) ?? null;
  const disk = diskReader(host, out);
  return commit(host, out, [
    ...copies.writes.map(([path, content]): Replacement => ({ path, before: null, content })),
    ...[...plan.writes].map(([path, content]): Replacement => ({ path, before: before(path), content })),
    ...plan.deletes.map((path): Replacement => ({ path, before: before(path), content: null })),
    ...(plan.manifest === null ? [] : [{ path: MANIFEST_PATH, before: plan.manifestBefore, content: plan.manifest }]),
    ...copies.deletes.map((path): Replacement => ({ path, before: digestAt(path, disk), content: null })),
  ]);
}

const CHANGES = ["create", "update", "merge", "move", "delete"] as const;

const NOTHING: WritePlan = { changes: [], diagnostics: [], writes: new Map(), deletes: [], kept: new Map(), needed: new Set(), seen: new Map(), manifest: null, manifestBefore: null, manifestAfter: null };

function readManifest(host: Host, out: string): ManifestReading & { readonly text: string | null } {
  const disk = diskReader(host, out)(MANIFEST_PATH);
  if (disk.kind === "missing") return { manifest: new Map(), generator: null, problem: null, text: null };
  if (disk.kind === "other") return { manifest: new Map(), generator: null, problem: outputDiagnostics.report("not-a-file", { origin: null }, { path: MANIFEST_PATH }), text: null };
  const text = new TextDecoder().decode(disk.bytes).replaceAll("\r\n", "\n");
  return { ...parseManifest(text), text };
}
