import { isPortablePath } from "../artifact.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { outputDiagnostics } from "./diagnostics.ts";
import { isMode, readLine } from "./manifest-lines.ts";
import { FORMAT, isNewer, MANIFEST_PATH, type Manifest, type ManifestEntry } from "./manifest.ts";

/** What a manifest says. `generator` is the version of dps-gen that wrote it, null where it does not say so. */
export interface ManifestReading {
  readonly manifest: Manifest;
  readonly generator: string | null;
  readonly problem: Diagnostic | null;
}

/**
 * Reads a manifest, which is untrusted input: anyone may have edited it, and git may have put the lines of two branches
 * together (`merge=union`), so that a file has several lines or a comma is missing.
 * Reports `output/manifest-conflict`, `output/manifest-unreadable`, `output/manifest-newer` or `output/manifest-path`.
 */
export function parseManifest(text: string): ManifestReading {
  return printed(text) ?? anyJson(text);
}

/** Reads a text that is, to the letter, one that `printManifest` writes, as most are; null for any other. No other way is as quick. */
function printed(text: string): ManifestReading | null {
  const head = HEAD.exec(text);
  if (head === null) return null;
  const manifest = new Map<string, ManifestEntry>();
  let [at, lines, more] = [head[0].length, 0, true];
  for (; more; lines++) {
    const line = readLine(text, at);
    if (line === null) return null;
    manifest.set(line.path, line.entry);
    ({ end: at, more } = line);
  }
  return manifest.size < lines || text.slice(at) !== "  }\n}\n" ? null : { manifest, generator: head[1] ?? null, problem: null };
}

const HEAD = new RegExp(`^\\{\n  "format": ${FORMAT},\n(?:  "generator": "([0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z.+-]*)",\n)?  "files": \\{\n`);

function anyJson(text: string): ManifestReading {
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

/** No path of ours is long, nor has it escapes, so that a repeated group need not be borne to any length. */
const LINE = /^(?: {2}"format": ([0-9]{1,9}),| {2}"generator": "([^"]{1,99})",| {4}("(?:[^"\\]|\\.){0,999}"): (\{.*\}),?)$/;

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
  if (!isMode(mode)) return null;
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
