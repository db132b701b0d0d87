import { isPortablePath } from "../artifact.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import type { Host, Pieces } from "../host.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { diskReader, foldersAbove, type DiskReader } from "./disk.ts";
import { parseManifest } from "./manifest-reading.ts";
import { printManifest } from "./manifest-lines.ts";
import { MANIFEST_PATH } from "./manifest.ts";

/**
 * What a run puts at a path: a content, or null to delete what is there. `before` is the digest of what is there, null for nothing;
 * `after` that of the content, where it is known already.
 */
export interface Replacement {
  readonly path: string;
  readonly before: string | null;
  readonly after?: string;
  readonly content: string | Uint8Array | Pieces | null;
}

/** A line of the journal: digests before and after (null where there is no file), in the order in which the files change. */
interface Entry {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

const JOURNAL_PATH = ".dps-gen/journal.json";
const STAGE = ".dps-gen/tmp";
const FORMAT = 1;

/**
 * Changes files so that a crash leaves either all as it was or a journal that `finish` carries on from: all contents are
 * written to a folder of their own, then the journal, then each takes its place by a rename. A file that is not as `before`
 * says is left alone, and the manifest keeps its old line. Answers with those paths.
 */
export function commit(host: Host, out: string, replacements: readonly Replacement[]): readonly string[] {
  if (replacements.length === 0) return [];
  requireWritable(host, out, replacements);
  const entries = stage(host, out, replacements);
  return settle(host, out, entries, false);
}

/** What is read-only is found out before anything changes. */
function requireWritable(host: Host, out: string, replacements: readonly Replacement[]): void {
  const [known, asked] = [new Set<string>(), new Set<string>()];
  for (const { path, before } of replacements) {
    if (before !== null) host.requireWritable(host.resolve(out, path));
    const above = foldersAbove(path);
    const own = above.at(-1) ?? "";
    // Most folders hold many files, and in a first run none of them is there yet.
    if (known.has(own)) continue;
    known.add(own);
    const folder = above.findLast((one) => asked.has(one) || host.kind(host.resolve(out, one)) !== null) ?? "";
    if (!asked.has(folder) && host.kind(host.resolve(out, folder)) !== null) host.requireWritable(host.resolve(out, folder));
    asked.add(folder);
  }
}

/** Writes all contents beside, and then the journal; where that fails nothing has changed, and the room is given back. */
function stage(host: Host, out: string, replacements: readonly Replacement[]): readonly Entry[] {
  try {
    const entries = replacements.map(({ path, before, content, after }, number) => {
      if (content !== null) host.create(host.resolve(out, stagedPath(number)), content);
      return { path, before, after: content === null ? null : (after ?? digest(content)) };
    });
    host.write(host.resolve(out, JOURNAL_PATH), `${JSON.stringify({ format: FORMAT, entries })}\n`);
    return entries;
  } catch (error) {
    clear(host, out);
    throw error;
  }
}

/** Carries on what a run left behind that was stopped: the rest of its journal, or contents that it never came to use. Answers with what is wrong, or null. */
export function finish(host: Host, out: string): Diagnostic | null {
  const disk = diskReader(host, out);
  const staged = disk(stagedPath(0));
  if (staged.kind === "other") return outputDiagnostics.report("not-a-file", { origin: null }, { path: staged.at });
  const found = disk(JOURNAL_PATH);
  if (found.kind === "other") return outputDiagnostics.report("not-a-file", { origin: null }, { path: found.at });
  if (found.kind === "missing") return clear(host, out), null;
  const entries = parseJournal(new TextDecoder().decode(found.bytes));
  if (entries === null) return outputDiagnostics.report("journal-unreadable", { origin: null }, { path: JOURNAL_PATH });
  settle(host, out, entries, true);
  return null;
}

/** What a command that only reads says where a run was stopped, or is at work; null where there is no journal. */
export function unfinished(host: Host, out: string): Diagnostic | null {
  return diskReader(host, out)(JOURNAL_PATH).kind === "missing" ? null : outputDiagnostics.report("unfinished", { origin: null }, { path: JOURNAL_PATH });
}

/** Whether nothing of a run that was stopped lies about. */
export function isTidy(disk: DiskReader): boolean {
  return disk(JOURNAL_PATH).kind === "missing" && disk(STAGE).kind === "missing";
}

function settle(host: Host, out: string, entries: readonly Entry[], again: boolean): readonly string[] {
  const disk = diskReader(host, out);
  const overtaken: string[] = [];
  for (const [number, entry] of entries.entries()) {
    if (entry.path === MANIFEST_PATH && overtaken.length > 0) keepLines(host, out, stagedPath(number), overtaken);
    // What was overtaken may need the kept texts that this run would drop.
    else if (entry.after === null && overtaken.length > 0 && entry.path.startsWith(".dps-gen/")) continue;
    else if (!settleOne(host, out, { entry, staged: stagedPath(number), again }, disk)) overtaken.push(entry.path);
  }
  host.remove(host.resolve(out, JOURNAL_PATH));
  clear(host, out);
  return overtaken;
}

/** Brings one path to what the journal says; false where something else stands there by now. */
function settleOne(host: Host, out: string, { entry, staged, again }: { readonly entry: Entry; readonly staged: string; readonly again: boolean }, disk: DiskReader): boolean {
  const { path, before, after } = entry;
  const found = disk(path);
  if (found.kind === "other") return false;
  const actual = found.kind === "file" ? digest(found.bytes) : null;
  if (again && actual === after) return true;
  // What is gone from the stage took its place before the run was stopped, and was edited there since.
  if (actual !== before) return actual === after || (again && after !== null && disk(staged).kind === "missing");
  if (after === null) return remove(host, out, path), true;
  if (again) {
    const content = disk(staged);
    if (content.kind !== "file" || digest(content.bytes) !== after) return false;
  }
  host.move(host.resolve(out, staged), host.resolve(out, path));
  return true;
}

/** Writes the new manifest with the old lines of some paths. One that is gone from the stage is in place already. */
function keepLines(host: Host, out: string, staged: string, overtaken: readonly string[]): void {
  const disk = diskReader(host, out);
  const [next, last] = [staged, MANIFEST_PATH].map((path) => {
    const found = disk(path);
    return parseManifest(found.kind === "file" ? new TextDecoder().decode(found.bytes) : printManifest(new Map()));
  });
  if (next === undefined || last === undefined || next.problem !== null || last.problem !== null || disk(staged).kind !== "file") return;
  const lines = new Map(next.manifest);
  for (const path of overtaken) {
    const old = last.manifest.get(path);
    if (old === undefined) lines.delete(path);
    else lines.set(path, old);
  }
  host.write(host.resolve(out, MANIFEST_PATH), printManifest(lines, next.generator));
}

/** Removes staged contents, and temporary files of writes that were cut short. */
function clear(host: Host, out: string): void {
  const own = host.resolve(out, ".dps-gen");
  if (host.kind(own) !== "folder") return;
  for (const { name, kind } of host.list(own)) {
    if (kind === "file" && /\.[0-9]+\.tmp$/.test(name)) host.remove(host.resolve(own, name));
    if (kind !== "folder" || name !== "tmp") continue;
    const stage = host.resolve(own, name);
    for (const staged of host.list(stage)) if (staged.kind === "file") host.remove(host.resolve(stage, staged.name));
    host.removeEmptyFolder(stage);
  }
}

/** Deletes a file, and the folders above it that are empty then. */
function remove(host: Host, out: string, path: string): void {
  host.remove(host.resolve(out, path));
  for (const folder of foldersAbove(path).toReversed()) if (!host.removeEmptyFolder(host.resolve(out, folder))) break;
}

function stagedPath(number: number): string {
  return `${STAGE}/${number}`;
}

/** The journal is input like any other file that is found. */
function parseJournal(text: string): readonly Entry[] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("format" in value) || value.format !== FORMAT || !("entries" in value) || !Array.isArray(value.entries)) return null;
    const entries = value.entries.map(parseEntry);
    return entries.every((one) => one !== null) ? entries : null;
  } catch {
    return null;
  }
}

function parseEntry(value: unknown): Entry | null {
  if (typeof value !== "object" || value === null || !("path" in value) || !("before" in value) || !("after" in value)) return null;
  const { path, before, after } = value;
  const isDigest = (one: unknown): one is string | null => one === null || (typeof one === "string" && /^[0-9a-f]{64}$/.test(one));
  return typeof path === "string" && isPortablePath(path) && isDigest(before) && isDigest(after) ? { path, before, after } : null;
}
