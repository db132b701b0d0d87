import type { Diagnostic } from "../diagnostics/define.ts";
import type { BaseFinder } from "./bases.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { blobId, digest } from "./digest.ts";
import type { DiskReader } from "./disk.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";
import { sidesOf } from "./conflict-markers.ts";
import { merge, type ConflictStyle } from "./merge.ts";
import type { File } from "./render.ts";
import { mergeShared } from "./shared.ts";
import { isMergeOf } from "./two-sides.ts";

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
  readonly action: "create" | "update" | "merge" | "move" | "delete" | "keep" | "conflict";
  /** Where a moved file came from. */
  readonly from?: string;
}

/** What is to be done about one path; `entry` is its line of the new manifest, `kept` a text to keep a copy of (by hash), `besides` are further files to write. */
export interface WriteStep {
  readonly path: string;
  readonly action: Exclude<Change["action"], "conflict"> | "none";
  readonly text: string | Uint8Array;
  readonly problem?: Diagnostic;
  readonly entry?: ManifestEntry | undefined;
  readonly kept?: readonly [hash: string, text: string];
  readonly besides?: ReadonlyMap<string, string | Uint8Array>;
  /** Where a moved file stands now. */
  readonly from?: string;
}

/** The decision about a file that this run generates (base = the last run's text). */
export function wantedStep(file: File, base: ManifestEntry | undefined, disk: DiskReader, settings: StepSettings): WriteStep {
  const { path, text, mode, from } = file;
  const hash = digest(text);
  const step = { path, text, entry: { hash, mode, from, blob: mode === "scaffold" ? null : blobId(text) } };
  const found = disk(path);
  const kept = [hash, text] as const;
  // Git has what was committed, but nobody knows whether it was: the text below an edit is kept. Outside of git all are kept.
  const edited = settings.inGit ? { kept } : {};
  const fresh = !settings.inGit && mode !== "scaffold" && hash !== base?.hash ? { kept } : {};
  if (base?.mode === "ejected") return ejectedStep(path, base, hash, edited);
  if (found.kind === "other") return { path, text, action: "keep", problem: refuse("not-a-file", found.at) };
  if (mode === "scaffold") return { ...step, action: found.kind === "missing" && base === undefined ? "create" : "none" };
  if (found.kind === "missing") {
    const deleted = base !== undefined && base.mode !== "scaffold" && !settings.restore;
    return deleted ? { ...step, ...fresh, action: "keep", problem: refuse("deleted", path) } : { ...step, ...fresh, action: "create" };
  }
  if (digest(found.bytes) === hash) return { ...step, ...fresh, action: "none" };
  if (base === undefined || base.mode === "scaffold") return foreignStep({ ...step, ...fresh }, mode, found.bytes);
  const last = lastTexts(base);
  const editing: Editing = { found: found.bytes, last, disk, settings };
  if (isUnedited(found.bytes, editing)) return { ...step, ...fresh, action: "update" };
  if (mode === "shared") return sharedStep({ ...step, kept }, editing, hash);
  const settled = settledConflict(text, editing);
  if (settled !== null) return { ...step, kept, text: settled, action: "merge" };
  if (sidesOf(found.bytes) !== null) return { path, text, action: "keep", problem: refuse("conflict-left", path) };
  if (last.some((one) => one.hash === hash)) return { ...step, ...edited, action: "keep", problem: refuse("edit-kept", path) };
  return mergeStep({ ...step, kept, action: "merge" }, editing);
}

/** An edited file: what it holds, and what may have been generated there last. */
interface Editing {
  readonly found: Uint8Array;
  readonly last: readonly ManifestEntry[];
  readonly disk: DiskReader;
  readonly settings: StepSettings;
}

/** All texts that a file may hold unedited: several where the manifests of two branches were put together. */
function lastTexts({ rivals = [], ...base }: ManifestEntry): readonly ManifestEntry[] {
  return [base, ...rivals];
}

/** A file that no manifest knows. A shared one that says what we would say is as good as ours. */
function foreignStep(step: Omit<WriteStep, "action">, mode: File["mode"], found: Uint8Array): WriteStep {
  const result = mode === "shared" && typeof step.text === "string" ? mergeShared(null, found, step.text) : null;
  if (result !== null && result.conflicts.length === 0 && Buffer.compare(result.text, found) === 0) return { ...step, action: "none" };
  return { path: step.path, text: step.text, action: "keep", problem: refuse("unmanaged", step.path) };
}

/** A file of which some keys are ours: those are brought to the wanted text, all else stays. */
function sharedStep(step: Omit<WriteStep, "action"> & { readonly text: string }, editing: Editing, hash: string): WriteStep {
  const { path, text } = step;
  const { found, last, disk, settings } = editing;
  const current = last.some((one) => one.hash === hash);
  const bases = current ? [Buffer.from(text)] : basesOf(editing);
  const [result = null] = bases.map((base) => mergeShared(base, found, text)).sort((a, b) => (a?.conflicts.length ?? 0) - (b?.conflicts.length ?? 0));
  if (result === null && current) return { ...step, action: "keep", problem: refuse("edit-kept", path) };
  if (bases.length === 0) return mergeStep({ ...step, action: "merge" }, editing);
  if (result === null) return { path, text, action: "keep", problem: refuse("range-lost", path) };
  if (result.conflicts.length > 0) {
    const lines = `${result.conflicts.length === 1 ? "the key" : "the keys"} ${result.conflicts.join(", ")}`;
    if (settings.conflict !== "stop") return mergeStep({ ...step, action: "merge" }, { ...editing, disk });
    return { path, text, action: "keep", problem: outputDiagnostics.report("edited", { origin: null }, { path, lines }) };
  }
  const same = Buffer.compare(result.text, found) === 0;
  const problem = result.edited.length > 0 && same ? { problem: refuse("edit-kept", path) } : {};
  return { ...step, ...problem, text: result.text, action: !same ? "merge" : result.edited.length > 0 ? "keep" : "none" };
}

/**
 * The decision about a file of a renamed object: what stands at its former path moves along with its edits, and is then
 * treated like a file that was always here. Null where nothing of ours stands there, or something stands here already.
 */
export function movedStep(file: File, entryOf: (path: string) => ManifestEntry | undefined, disk: DiskReader, settings: StepSettings): WriteStep | null {
  const { path, formerly } = file;
  const base = formerly === undefined ? undefined : entryOf(formerly);
  if (formerly === undefined || base === undefined || entryOf(path) !== undefined || disk(path).kind !== "missing") return null;
  const found = disk(formerly);
  if (base.mode === "scaffold") return file.mode === "scaffold" && found.kind === "file" ? { path, text: found.bytes, entry: { hash: digest(file.text), mode: file.mode, from: file.from, blob: null }, action: "move", from: formerly } : null;
  const step = wantedStep(file, base, (asked) => disk(asked === path ? formerly : asked), settings);
  if (step.problem?.severity === "error") return wantedStep({ ...file, path: formerly }, base, disk, settings);
  if (found.kind !== "file") return step;
  const text = step.action === "none" || step.action === "keep" ? found.bytes : step.text;
  return { ...step, text, action: "move", from: formerly };
}

/** Files of the last run that this run does not generate (`current` are those it does). A scaffold is the user's: it stays, and is forgotten. */
export function orphanSteps(manifest: Manifest, current: ReadonlySet<string>, disk: DiskReader): WriteStep[] {
  const steps: WriteStep[] = [];
  for (const [path, base] of manifest) {
    if (current.has(path) || base.mode === "scaffold" || base.mode === "ejected") continue;
    const found = disk(path);
    if (found.kind === "missing") continue;
    if (found.kind === "other") steps.push({ path, text: "", action: "keep", problem: refuse("not-a-file", found.at) });
    else if (lastTexts(base).some(({ hash }) => hash === digest(found.bytes))) steps.push({ path, text: "", action: "delete" });
    else steps.push({ path, text: "", action: "keep", problem: refuse("orphan-edited", path) });
  }
  return steps;
}

/** A file the user took over stays; the text it was taken over from is kept for the day it is given back. */
function ejectedStep(path: string, base: ManifestEntry, hash: string, kept: Pick<WriteStep, "kept">): WriteStep {
  const { rivals: _, ...entry } = base;
  if (hash === base.hash) return { path, text: "", entry, ...kept, action: "none" };
  return { path, text: "", entry, action: "keep", problem: refuse("ejected-behind", path) };
}

/** A file that the user and the specs changed: merged, or with a conflict left alone unless the user asked otherwise. */
function mergeStep(step: WriteStep, editing: Editing): WriteStep {
  const { path } = step;
  const text = typeof step.text === "string" ? step.text : "";
  const { found, disk, settings: { conflict: style } } = editing;
  const bases = basesOf(editing);
  // Without a base every line may be an edit: all of it is one conflict.
  if (bases.length === 0 && style === "stop") return { path, text, action: "keep", problem: outputDiagnostics.report("no-base", { origin: null }, { path }) };
  const results = (bases.length === 0 ? [new Uint8Array()] : bases).map((base) => merge(base, found, text, style === "stop" ? "inline" : style));
  const result = results.find(({ conflicts }) => conflicts.length === 0) ?? results[0];
  if (result === undefined) return step;
  if (result.conflicts.length === 0) return { ...step, text: result.merged };
  const lines = `${result.conflicts.length === 1 ? "line" : "lines"} ${result.conflicts.join(", ")}`;
  if (style === "stop") return { path, text, action: "keep", problem: outputDiagnostics.report("edited", { origin: null }, { path, lines }) };
  const where = style === "rej" ? `${path}.rej` : path;
  if (style === "rej" && disk(where).kind !== "missing") return { path, text, action: "keep", problem: refuse("unmanaged", where) };
  const besides = new Map(style === "rej" ? [[where, result.rejected] as const] : []);
  return { ...step, text: result.merged, besides, problem: outputDiagnostics.report("conflict-written", { origin: null }, { path, where }) };
}

/** The wanted text with the edits of a file in which git left conflict markers, where both sides lead to the same; else null. */
function settledConflict(text: string, editing: Editing): Uint8Array | null {
  const sides = sidesOf(editing.found);
  if (sides === null) return null;
  const bases = basesOf(editing);
  const [ours, theirs] = sides.map((side) => {
    if (isUnedited(side, editing)) return Buffer.from(text);
    return bases.map((base) => merge(base, side, text, "inline")).find(({ conflicts }) => conflicts.length === 0)?.merged;
  });
  return ours !== undefined && theirs !== undefined && Buffer.compare(ours, theirs) === 0 ? ours : null;
}

/** Whether a text is one that was generated, or what git made of those of two branches. */
function isUnedited(text: Uint8Array, editing: Editing): boolean {
  if (editing.last.some(({ hash }) => hash === digest(text))) return true;
  if (editing.last.length === 1) return false;
  const bases = basesOf(editing);
  return bases.some((one, at) => bases.slice(at + 1).some((other) => isMergeOf(text, one, other)));
}

function basesOf({ last, settings }: Editing): readonly Uint8Array[] {
  return last.flatMap((one) => settings.baseOf(one) ?? []);
}

type Plain = "conflict-left" | "range-lost" | "unmanaged" | "edit-kept" | "orphan-edited" | "not-a-file" | "deleted" | "ejected-behind";

function refuse(code: Plain, path: string): Diagnostic {
  return outputDiagnostics.report(code, { origin: null }, { path });
}
