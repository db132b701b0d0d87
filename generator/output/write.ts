import type { Host } from "../host.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { staleBases } from "./bases.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { diskReader, foldersAbove, type DiskReader } from "./disk.ts";
import { MANIFEST_PATH, parseManifest, printManifest } from "./manifest.ts";
import type { File } from "./render.ts";
import { orphanSteps, wantedStep, type Change, type WriteSettings } from "./steps.ts";

/** What would be done to an output folder. With an error among the diagnostics nothing may be applied. */
export interface WritePlan {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** Contents of files to create or update, by path, in order; paths to delete. */
  readonly writes: ReadonlyMap<string, string | Uint8Array>;
  readonly deletes: readonly string[];
  /** Digests of the files to change as they were when this was planned; null for one that was not there. */
  readonly seen: ReadonlyMap<string, string | null>;
  /** The manifest's new text, or null where it stays. */
  readonly manifest: string | null;
  /** Kept texts of the last run to delete once the manifest is written. */
  readonly staleBases: readonly string[];
}

const CAREFUL: WriteSettings = { blobs: null, conflict: "stop", restore: false };

/**
 * Compares the files to be with the folder `out` and the manifest of the last run; reads only. Files that no manifest
 * names and no run generates are not looked at.
 */
export function planWrite(host: Host, out: string, files: readonly File[], settings: WriteSettings = CAREFUL): WritePlan {
  const before = readManifest(host, out);
  if (before.problem !== null) return { ...NOTHING, diagnostics: [before.problem] };
  const disk = diskReader(host, out);
  const steps = [...files.map((file) => wantedStep(file, before.manifest.get(file.path), disk, settings)), ...orphanSteps(before.manifest, files, disk)];
  const entries = new Map(steps.flatMap((step) => (step.entry === undefined ? [] : [[step.path, step.entry] as const])));
  const manifest = printManifest(entries);
  steps.sort((a, b) => (a.path < b.path ? -1 : 1));
  const besides = steps.flatMap((step) => [...(step.besides ?? [])]).filter(([path]) => disk(path).kind === "missing");
  const seen = new Map(steps.flatMap(({ path, action }) => (action === "none" || action === "keep" ? [] : [[path, digestAt(path, disk)] as const])));
  const written = steps.flatMap((step) => (WRITES.some((one) => one === step.action) ? [[step.path, step.text] as const] : []));
  return {
    changes: steps.flatMap(({ path, action }) => (action === "none" ? [] : [{ path, action }])),
    diagnostics: steps.flatMap(({ problem }) => problem ?? []),
    writes: new Map([...besides, ...written]),
    deletes: steps.flatMap(({ path, action }) => (action === "delete" ? [path] : [])),
    seen,
    manifest: manifest === before.text ? null : manifest,
    staleBases: staleBases(host, out, entries),
  };
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

/** Applies a plan without errors: kept texts and files in order, then deletions with folders left empty, the manifest, and last what only the old manifest needed. */
export function applyWrite(host: Host, out: string, plan: WritePlan): void {
  for (const [path, text] of plan.writes) host.write(host.resolve(out, path), text);
  for (const path of plan.deletes) remove(host, out, path);
  if (plan.manifest !== null) host.write(host.resolve(out, MANIFEST_PATH), plan.manifest);
  for (const path of plan.staleBases) remove(host, out, path);
}

function remove(host: Host, out: string, path: string): void {
  host.remove(host.resolve(out, path));
  for (const folder of foldersAbove(path).toReversed()) if (!host.removeEmptyFolder(host.resolve(out, folder))) break;
}

const WRITES = ["create", "update", "merge"] as const;

const NOTHING: WritePlan = { changes: [], diagnostics: [], writes: new Map(), deletes: [], seen: new Map(), manifest: null, staleBases: [] };

function readManifest(host: Host, out: string): ReturnType<typeof parseManifest> & { readonly text: string | null } {
  const disk = diskReader(host, out)(MANIFEST_PATH);
  if (disk.kind === "missing") return { manifest: new Map(), problem: null, text: null };
  if (disk.kind === "other") return { manifest: new Map(), problem: outputDiagnostics.report("not-a-file", { origin: null }, { path: MANIFEST_PATH }), text: null };
  const text = new TextDecoder().decode(disk.bytes).replaceAll("\r\n", "\n");
  return { ...parseManifest(text), text };
}
