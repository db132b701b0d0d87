import { isPortablePath, type Artifact } from "../artifact.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { outputDiagnostics } from "./diagnostics.ts";

/** Where the manifest stands in the output folder. */
export const MANIFEST_PATH = ".dps-gen/manifest.json";

const FORMAT = 1;

/**
 * What is remembered of a file we wrote: sha256 of its LF-normalised bytes, its mode (`ejected`: the user took it over), the
 * spec objects behind it, and git's name of its text (null where nothing may be merged into it). Where git has put the lines
 * of two branches together, `rivals` are what the other lines say of the file: what stands there may come from any of them.
 */
export interface ManifestEntry {
  readonly rivals?: readonly ManifestEntry[];
  readonly hash: string;
  readonly mode: Artifact["mode"] | "ejected";
  readonly from: readonly string[];
  readonly blob: string | null;
}

/** The files of the last run by path. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

/** What a manifest says. `generator` is the version of dps-gen that wrote it, null where it does not say so. */
export interface ManifestReading {
  readonly manifest: Manifest;
  readonly generator: string | null;
  readonly problem: Diagnostic | null;
}

/** The manifest's text: one file a line, in code-point order, so that merges of two branches stay clean. */
export function printManifest(manifest: Manifest, generator: string | null = null): string {
  const lines = [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => lineOf(path, entry));
  const by = generator === null ? "" : `  "generator": ${JSON.stringify(generator)},\n`;
  return `{\n  "format": ${FORMAT},\n${by}  "files": {${lines.length > 0 ? `\n${lines.join(",\n")}\n  ` : ""}}\n}\n`;
}

/** The bytes of a manifest of ours in which some of its files have other entries: it has megabytes, of which few change. */
export function withEntries(bytes: Uint8Array, changed: Manifest): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const lines: { readonly start: number; readonly end: number; readonly line: string }[] = [];
  let behind = 0;
  for (const [path, entry] of changed) {
    const key = `\n${lineStart(path)}`;
    // Both are in order as a rule, so that the text is looked through once.
    const found = text.indexOf(key, behind);
    const start = (found < 0 ? text.indexOf(key) : found) + 1;
    if (start === 0) throw new Error(`no ${path} in the manifest`);
    const end = text.indexOf("\n", start);
    lines.push({ start, end, line: `${lineOf(path, entry)}${text[end - 1] === COMMA ? "," : ""}` });
    behind = end;
  }
  lines.sort((a, b) => a.start - b.start);
  const parts = lines.flatMap(({ start, line }, index) => [text.subarray(lines[index - 1]?.end ?? 0, start), Buffer.from(line)]);
  return Buffer.concat([...parts, text.subarray(lines.at(-1)?.end ?? 0)]);
}

/** The files that a manifest of ours calls shared. */
export function sharedPaths(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const paths: string[] = [];
  for (let at = text.indexOf(SHARED); at >= 0; at = text.indexOf(SHARED, at + 1)) {
    const path = json(LINE.exec(text.toString("utf8", text.lastIndexOf("\n", at) + 1, at + SHARED.length))?.[3] ?? "");
    if (typeof path === "string") paths.push(path);
  }
  return paths;
}

const SHARED = '"mode":"shared"}';
const COMMA = 44;

function lineStart(path: string): string {
  return `    ${JSON.stringify(path)}: `;
}

function lineOf(path: string, { blob, from, hash, mode }: ManifestEntry): string {
  return `${lineStart(path)}${JSON.stringify(blob === null ? { from, hash, mode } : { blob, from, hash, mode })}`;
}

/**
 * Reads a manifest, which is untrusted input: anyone may have edited it, and git may have put the lines of two branches
 * together (`merge=union`), so that a file has several lines or a comma is missing.
 * Reports `output/manifest-conflict`, `output/manifest-unreadable`, `output/manifest-newer` or `output/manifest-path`.
 */
export function parseManifest(text: string): ManifestReading {
  const nothing = (problem: Diagnostic): ManifestReading => ({ manifest: new Map(), generator: null, problem });
  if (/^(<{7}|={7}|>{7})/m.test(text)) return nothing(outputDiagnostics.report("manifest-conflict", { origin: null }, { path: MANIFEST_PATH }));
  const read = parsed(text) ?? union(text);
  if (read === null || !read.generators.every((one) => /^[0-9]+\.[0-9]+\.[0-9]+/.test(one))) return nothing(unreadable());
  const format = read.formats.find((one) => one !== FORMAT);
  if (format !== undefined) return nothing(outputDiagnostics.report("manifest-newer", { origin: null }, { path: MANIFEST_PATH, format, known: FORMAT }));
  const manifest = new Map<string, ManifestEntry>();
  for (const [path, entry] of read.files) {
    if (!isPortablePath(path)) return nothing(outputDiagnostics.report("manifest-path", { origin: null }, { path: MANIFEST_PATH, entry: JSON.stringify(path) }));
    const known = manifestEntry(entry);
    if (known === null) return nothing(unreadable());
    const other = manifest.get(path);
    manifest.set(path, other === undefined ? known : together(known, other));
  }
  return { manifest, generator: [...read.generators].sort((a, b) => (isNewer(a, b) ? -1 : 1))[0] ?? null, problem: null };
}

/** Whether a version is newer than another; what follows the third number does not count. */
export function isNewer(version: string, than: string): boolean {
  const [ours, theirs] = [version, than].map((one) => one.split(/[.+-]/, 3).map(Number));
  const at = (ours ?? []).findIndex((number, place) => number !== theirs?.[place]);
  return at >= 0 && (ours?.[at] ?? 0) > (theirs?.[at] ?? 0);
}

/** A manifest before anything in it is believed. */
interface Raw {
  readonly formats: readonly number[];
  readonly generators: readonly string[];
  readonly files: readonly (readonly [path: string, entry: unknown])[];
}

/** A text as `printManifest` writes it, or any JSON of the same meaning; null where it is none, or names a path twice. */
function parsed(text: string): Raw | null {
  const value = json(text);
  if (!isRecord(value) || typeof value["format"] !== "number" || !isRecord(value["files"])) return null;
  const { format, generator, files } = value;
  const entries = Object.entries(files);
  if (entries.length < (text.match(/^ {4}"/gm)?.length ?? 0)) return null;
  return { formats: [format], generators: generator === undefined ? [] : [String(generator)], files: entries };
}

/** A text of our lines only, whatever their order, number and commas. */
function union(text: string): Raw | null {
  const lines = text.split("\n").map((line) => line.trimEnd());
  if (lines[0] !== "{" || lines.at(-2) !== "}" || lines.at(-1) !== "") return null;
  const [formats, generators, files]: [number[], string[], [string, unknown][]] = [[], [], []];
  for (const line of lines.slice(1, -2)) {
    const [, format, generator, path, entry] = LINE.exec(line) ?? [];
    const name = json(path ?? "");
    if (format !== undefined) formats.push(Number(format));
    else if (generator !== undefined) generators.push(generator);
    else if (typeof name === "string" && entry !== undefined) files.push([name, json(entry)]);
    else if (!/^ {2}(?:"files": \{\}?|\})$/.test(line)) return null;
  }
  return formats.length === 0 ? null : { formats, generators, files };
}

const LINE = /^(?: {2}"format": ([0-9]{1,9}),| {2}"generator": "([^"]{1,99})",| {4}("(?:[^"\\]|\\.)*"): (\{.*\}),?)$/;

/** What a file's lines say together. Whoever took a file over on one branch keeps it. */
function together(one: ManifestEntry, other: ManifestEntry): ManifestEntry {
  const [first, second] = other.mode === "ejected" ? [other, one] : [one, other];
  const { rivals = [], ...plain } = second;
  return { ...first, rivals: [...(first.rivals ?? []), plain, ...rivals] };
}

function manifestEntry(entry: unknown): ManifestEntry | null {
  if (!isRecord(entry)) return null;
  const { hash, mode, from, blob = null } = entry;
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return null;
  if (mode !== "generated" && mode !== "scaffold" && mode !== "ejected" && mode !== "shared") return null;
  if (blob !== null && (typeof blob !== "string" || !/^[0-9a-f]{40}$/.test(blob))) return null;
  if (!Array.isArray(from) || !from.every((one) => typeof one === "string")) return null;
  return { hash, mode, from, blob };
}

function unreadable(): Diagnostic {
  return outputDiagnostics.report("manifest-unreadable", { origin: null }, { path: MANIFEST_PATH });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
