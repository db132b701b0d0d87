import type { Diagnostic } from "../diagnostics/define.ts";
import type { BaseFinder } from "./bases.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { blobId, digest } from "./digest.ts";
import type { DiskReader } from "./disk.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";
import { merge, type ConflictStyle } from "./merge.ts";
import type { File } from "./render.ts";

/** What a run may do about edits, and how it finds the texts that they were made from. */
export interface StepSettings {
  /** Whether git keeps the texts for us; copies of all are kept where it does not. */
  readonly inGit: boolean;
  readonly baseOf: BaseFinder;
  /** What to do about conflicting edits; `stop` writes nothing at all. */
  readonly conflict: ConflictStyle | "stop";
  /** Whether files that were deleted by hand come back. */
  readonly restore: boolean;
}

/** What a run does to one file of the output folder. */
export interface Change {
  readonly path: string;
  readonly action: "create" | "update" | "merge" | "delete" | "keep";
}

/** What is to be done about one path; `entry` is its line of the new manifest, `kept` a text to keep a copy of (by hash), `besides` are further files to write. */
export interface WriteStep {
  readonly path: string;
  readonly action: Change["action"] | "none";
  readonly text: string | Uint8Array;
  readonly problem?: Diagnostic;
  readonly entry?: ManifestEntry | undefined;
  readonly kept?: readonly [hash: string, text: string];
  readonly besides?: ReadonlyMap<string, string | Uint8Array>;
}

/** The decision about a file that this run generates (base = the last run's text). */
export function wantedStep(file: File, base: ManifestEntry | undefined, disk: DiskReader, settings: StepSettings): WriteStep {
  const { path, text, mode, from } = file;
  const hash = digest(text);
  const entry = { hash, mode, from, blob: mode === "generated" ? blobId(text) : null };
  const found = disk(path);
  const kept = [hash, text] as const;
  // Git has what was committed, but nobody knows whether it was: the text below an edit is kept. Outside of git all are kept.
  const edited = settings.inGit ? { kept } : {};
  const fresh = !settings.inGit && mode === "generated" && hash !== base?.hash ? { kept } : {};
  if (base?.mode === "ejected") return ejectedStep(path, base, hash, edited);
  if (found.kind === "other") return { path, text, action: "keep", problem: refuse("not-a-file", path) };
  if (mode === "scaffold") return { path, text, entry, action: found.kind === "missing" && base === undefined ? "create" : "none" };
  if (found.kind === "missing") {
    const deleted = base !== undefined && base.mode === "generated" && !settings.restore;
    return deleted ? { path, text, entry, ...fresh, action: "keep", problem: refuse("deleted", path) } : { path, text, entry, ...fresh, action: "create" };
  }
  const actual = digest(found.bytes);
  if (actual === hash) return { path, text, entry, ...fresh, action: "none" };
  if (base === undefined || base.mode === "scaffold") return { path, text, action: "keep", problem: refuse("unmanaged", path) };
  if (actual === base.hash) return { path, text, entry, ...fresh, action: "update" };
  if (hash === base.hash) return { path, text, entry, ...edited, action: "keep", problem: refuse("edit-kept", path) };
  return mergeStep({ path, text, entry, kept, action: "merge" }, found.bytes, settings.baseOf(base), { disk, style: settings.conflict });
}

/** Files of the last run that this run does not generate. A scaffold is the user's: it stays, and is forgotten. */
export function orphanSteps(manifest: Manifest, files: readonly File[], disk: DiskReader): WriteStep[] {
  const current = new Set(files.map(({ path }) => path));
  const steps: WriteStep[] = [];
  for (const [path, base] of manifest) {
    if (current.has(path) || base.mode !== "generated") continue;
    const found = disk(path);
    if (found.kind === "missing") continue;
    if (found.kind === "other") steps.push({ path, text: "", action: "keep", problem: refuse("not-a-file", path) });
    else if (digest(found.bytes) === base.hash) steps.push({ path, text: "", action: "delete" });
    else steps.push({ path, text: "", action: "keep", problem: refuse("orphan-edited", path) });
  }
  return steps;
}

/** A file the user took over stays; the text it was taken over from is kept for the day it is given back. */
function ejectedStep(path: string, base: ManifestEntry, hash: string, kept: Pick<WriteStep, "kept">): WriteStep {
  if (hash === base.hash) return { path, text: "", entry: base, ...kept, action: "none" };
  return { path, text: "", entry: base, action: "keep", problem: refuse("ejected-behind", path) };
}

/** A file that the user and the specs changed: merged, or with a conflict left alone unless the user asked otherwise. */
function mergeStep(step: WriteStep, edited: Uint8Array, base: Uint8Array | null, { disk, style }: { readonly disk: DiskReader; readonly style: StepSettings["conflict"] }): WriteStep {
  const { path, text } = step;
  // Without a base every line may be an edit: all of it is one conflict.
  if (base === null && style === "stop") return { path, text, action: "keep", problem: outputDiagnostics.report("no-base", { origin: null }, { path }) };
  const result = merge(base ?? new Uint8Array(), edited, typeof text === "string" ? text : "", style === "stop" ? "inline" : style);
  if (result.conflicts.length === 0) return { ...step, text: result.merged };
  const lines = `${result.conflicts.length === 1 ? "line" : "lines"} ${result.conflicts.join(", ")}`;
  if (style === "stop") return { path, text, action: "keep", problem: outputDiagnostics.report("edited", { origin: null }, { path, lines }) };
  const where = style === "rej" ? `${path}.rej` : path;
  if (style === "rej" && disk(where).kind !== "missing") return { path, text, action: "keep", problem: refuse("unmanaged", where) };
  const besides = new Map(style === "rej" ? [[where, result.rejected] as const] : []);
  return { ...step, text: result.merged, besides, problem: outputDiagnostics.report("conflict-written", { origin: null }, { path, where }) };
}

type Plain = "unmanaged" | "edit-kept" | "orphan-edited" | "not-a-file" | "deleted" | "ejected-behind";

function refuse(code: Plain, path: string): Diagnostic {
  return outputDiagnostics.report(code, { origin: null }, { path });
}
