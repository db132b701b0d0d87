import type { Host } from "../host.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { diskReader, foldersAbove, type DiskReader } from "./disk.ts";
import { MANIFEST_PATH, parseManifest, printManifest, type Manifest, type ManifestEntry } from "./manifest.ts";
import type { File } from "./render.ts";

/** What a run does to one file of the output folder. */
export interface Change {
  readonly path: string;
  readonly action: "create" | "update" | "delete" | "keep";
}

/** What would be done to an output folder. With an error among the diagnostics nothing may be applied. */
export interface WritePlan {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of files to create or update, by path, in order; paths to delete. */
  readonly writes: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
  /** The manifest's new text, or null where it stays. */
  readonly manifest: string | null;
}

/**
 * Compares the files to be with the folder `out` and the manifest of the last run; reads only. Files that no manifest
 * names and no run generates are not looked at.
 */
export function planWrite(host: Host, out: string, files: readonly File[]): WritePlan {
  const before = readManifest(host, out);
  if (before.problem !== null) return { ...NOTHING, diagnostics: [before.problem] };
  const disk = diskReader(host, out);
  const steps = [...files.map((file) => wanted(file, before.manifest.get(file.path), disk)), ...orphans(before.manifest, files, disk)];
  const entries = steps.flatMap((step) => (step.entry === undefined ? [] : [[step.path, step.entry] as const]));
  const manifest = printManifest(new Map(entries));
  steps.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    changes: steps.flatMap(({ path, action }) => (action === "none" ? [] : [{ path, action }])),
    diagnostics: steps.flatMap(({ problem }) => problem ?? []),
    writes: new Map(steps.flatMap((step) => (step.action === "create" || step.action === "update" ? [[step.path, step.text] as const] : []))),
    deletes: steps.flatMap(({ path, action }) => (action === "delete" ? [path] : [])),
    manifest: manifest === before.text ? null : manifest,
  };
}

/** Applies a plan without errors: files in order, then deletions with folders left empty, the manifest last. */
export function applyWrite(host: Host, out: string, plan: WritePlan): void {
  for (const [path, text] of plan.writes) host.write(host.resolve(out, path), text);
  for (const path of plan.deletes) {
    host.remove(host.resolve(out, path));
    for (const folder of foldersAbove(path).toReversed()) if (!host.removeEmptyFolder(host.resolve(out, folder))) break;
  }
  if (plan.manifest !== null) host.write(host.resolve(out, MANIFEST_PATH), plan.manifest);
}

const NOTHING: WritePlan = { changes: [], diagnostics: [], writes: new Map(), deletes: [], manifest: null };

/** What is to be done about one path; `entry` is its line of the new manifest. */
interface WriteStep {
  readonly path: string;
  readonly action: Change["action"] | "none";
  readonly text: string;
  readonly problem?: Diagnostic;
  readonly entry?: ManifestEntry | undefined;
}

function readManifest(host: Host, out: string): ReturnType<typeof parseManifest> & { readonly text: string | null } {
  const disk = diskReader(host, out)(MANIFEST_PATH);
  if (disk.kind === "missing") return { manifest: new Map(), problem: null, text: null };
  if (disk.kind === "other") return { manifest: new Map(), problem: refuse("not-a-file", MANIFEST_PATH), text: null };
  const text = new TextDecoder().decode(disk.bytes).replaceAll("\r\n", "\n");
  return { ...parseManifest(text), text };
}

/** The decision about a file that this run generates (base = the last run's text). */
function wanted(file: File, base: ManifestEntry | undefined, disk: DiskReader): WriteStep {
  const { path, text, mode, from } = file;
  const hash = digest(text);
  const entry = { hash, mode, from };
  const found = disk(path);
  if (found.kind === "other") return { path, text, action: "keep", problem: refuse("not-a-file", path) };
  if (mode === "scaffold") return { path, text, entry, action: found.kind === "missing" && base === undefined ? "create" : "none" };
  if (found.kind === "missing") return { path, text, entry, action: "create" };
  const actual = digest(found.bytes);
  if (actual === hash) return { path, text, entry, action: "none" };
  if (base === undefined || base.mode === "scaffold") return { path, text, action: "keep", problem: refuse("unmanaged", path) };
  if (actual === base.hash) return { path, text, entry, action: "update" };
  if (hash === base.hash) return { path, text, entry, action: "keep", problem: refuse("edit-kept", path) };
  return { path, text, entry, action: "keep", problem: refuse("edited", path) };
}

/** Files of the last run that this run does not generate. A scaffold is the user's: it stays, and is forgotten. */
function orphans(manifest: Manifest, files: readonly File[], disk: DiskReader): WriteStep[] {
  const current = new Set(files.map(({ path }) => path));
  const steps: WriteStep[] = [];
  for (const [path, base] of manifest) {
    if (current.has(path) || base.mode === "scaffold") continue;
    const found = disk(path);
    if (found.kind === "missing") continue;
    if (found.kind === "other") steps.push({ path, text: "", action: "keep", problem: refuse("not-a-file", path) });
    else if (digest(found.bytes) === base.hash) steps.push({ path, text: "", action: "delete" });
    else steps.push({ path, text: "", action: "keep", problem: refuse("orphan-edited", path) });
  }
  return steps;
}

function refuse(code: "unmanaged" | "edited" | "edit-kept" | "orphan-edited" | "not-a-file", path: string): Diagnostic {
  return outputDiagnostics.report(code, { origin: null }, { path });
}
