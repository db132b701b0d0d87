import type { Diagnostic } from "../diagnostics/define.ts";
import type { Host } from "../host.ts";
import { digest } from "../output/digest.ts";
import { diskReader, type DiskReader } from "../output/disk.ts";
import { isTidy } from "../output/journal.ts";
import { MANIFEST_PATH, parseManifest, sharedPaths, type Manifest } from "../output/manifest.ts";
import { specFiles } from "../spec/files.ts";
import type { SpecParts } from "./parts.ts";
import { cached, keepCached, parsed, seal } from "./place.ts";

const RECORD = "last-run";

/** What decides the output of a run besides the specs. */
export interface RunKey {
  readonly build: string;
  readonly warehouse: string | null;
}

/** What a clean run leaves for the next one. */
export interface Remembered {
  /** Digests of the spec files as the run began, by path. */
  readonly specs: ReadonlyMap<string, string>;
  /** Which spec files compile without the others; null where none do. */
  readonly parts: SpecParts | null;
  /** What was said about the specs, none of it errors. */
  readonly warnings: readonly Diagnostic[];
}

/** The bytes of a manifest, with line feeds only, and their digest: of thousands of files it has megabytes. */
export interface ManifestBytes {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** An output folder in which every generated file is as the manifest says. */
export interface IntactOutput extends ManifestBytes {
  readonly manifest: Manifest;
}

/** A look at specs and output before a run, and a way to keep it. */
export interface LastRun {
  /** Digests of the spec files as they are now. */
  readonly specs: ReadonlyMap<string, string>;
  /** What the last clean run left, where build, options and manifest are still those of then; else null. */
  readonly before: Remembered | null;
  /** Whether the specs are those of then, too. */
  readonly sameSpecs: boolean;
  /** Reads all generated files; null unless each is as the last run left it. */
  readonly output: () => IntactOutput | null;
  /** Notes that a run ended well, and left this manifest. */
  readonly remember: (manifest: ManifestBytes, left: Omit<Remembered, "specs">) => void;
}

/**
 * Looks at the specs, and at what the last clean run noted. The note is believed only where its seal and every hash in it fit, so
 * that a broken or foreign one costs time and nothing else. Null where a spec cannot be read.
 */
export function lastRun(host: Host, root: string, out: string, key: RunKey): LastRun | null {
  const disk = diskReader(host, out);
  // Before the run reads them: a spec that is edited meanwhile must look new to the next run.
  const specs = digests(host, root);
  if (specs === null) return null;
  const marks = isTidy(disk) ? manifestBytes(disk) : null;
  const before = marks === null ? null : recordIn(cached(disk, RECORD), key.build, headOf(key, marks, disk));
  return {
    specs,
    before,
    sameSpecs: before !== null && equal(before.specs, specs),
    output: () => (before === null || marks === null ? null : intact(marks, disk)),
    remember: (manifest, left) => note(host, out, key, { ...left, manifest, specs }),
  };
}

/** The manifest that is there, as a checkout without CRLF has it. */
function manifestBytes(disk: DiskReader): ManifestBytes | null {
  const found = disk(MANIFEST_PATH);
  if (found.kind !== "file") return null;
  const bytes = found.bytes.includes(13) ? Buffer.from(Buffer.from(found.bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1") : found.bytes;
  return { bytes, digest: digest(bytes) };
}

/** The output, where all files of its manifest are as we wrote them. */
function intact(marks: ManifestBytes, disk: DiskReader): IntactOutput | null {
  const { manifest, problem } = parseManifest(Buffer.from(marks.bytes).toString());
  if (problem !== null) return null;
  for (const [path, { hash, mode, rivals = [] }] of manifest) {
    if (rivals.length > 0) return null;
    if (mode !== "generated" && mode !== "scaffold") continue;
    const found = disk(path);
    if (mode === "scaffold" ? found.kind === "other" : found.kind !== "file" || digest(found.bytes) !== hash) return null;
  }
  return { ...marks, manifest };
}

function note(host: Host, out: string, key: RunKey, { manifest, specs, parts, warnings }: Remembered & { readonly manifest: ManifestBytes }): void {
  const disk = diskReader(host, out);
  const head = headOf(key, manifest, disk);
  const files = [...specs].map(([path, content]): FileNote => [path, content, parts?.numbers.get(path) ?? null]);
  const text = JSON.stringify({ head, files, common: parts?.common ?? null, domains: parts?.domains ?? [], warnings });
  const record = `${seal(key.build, text)}\n${text}\n`;
  if (cached(disk, RECORD) !== record) keepCached(host, out, RECORD, record);
}

function textOf(disk: DiskReader, path: string): string | null {
  const found = disk(path);
  return found.kind === "file" ? new TextDecoder().decode(found.bytes) : null;
}

/** What must be the same for a note to say anything about this run. Of the files that we share with the user no manifest can tell what they hold. */
function headOf({ build, warehouse }: RunKey, manifest: ManifestBytes, disk: DiskReader): string {
  const texts = sharedPaths(manifest.bytes).map((path) => [path, textOf(disk, path)]);
  return digest(JSON.stringify([build, warehouse, manifest.digest, texts]));
}

type FileNote = readonly [path: string, digest: string, part: number | null];

/** A note of this build about an output in this state; null for any other, and for whatever is none. */
function recordIn(record: string | null, build: string, head: string): Remembered | null {
  const [mark, text = ""] = (record ?? "").split("\n");
  if (mark !== seal(build, text)) return null;
  const value = parsed(text);
  if (!isRecord(value) || value.head !== head) return null;
  const specs = new Map(value.files.map(([path, content]) => [path, content]));
  const numbers = new Map(value.files.flatMap(([path, , part]) => (part === null ? [] : [[path, part] as const])));
  return { specs, warnings: value.warnings, parts: value.common === null ? null : { numbers, common: value.common, domains: value.domains } };
}

/** What stands behind a seal of ours was written by `note`. */
function isRecord(value: unknown): value is { readonly head: string; readonly files: readonly FileNote[]; readonly common: readonly string[] | null; readonly domains: readonly string[]; readonly warnings: readonly Diagnostic[] } {
  return typeof value === "object" && value !== null && "head" in value && "files" in value && Array.isArray(value.files) && "common" in value && "domains" in value && "warnings" in value && Array.isArray(value.warnings);
}

function equal(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, content]) => other.get(path) === content);
}

/** Digests of all spec files by path, or null where one cannot be read. */
function digests(host: Host, root: string): ReadonlyMap<string, string> | null {
  try {
    const paths = specFiles(host, root, (_, error) => {
      throw error;
    });
    return new Map(paths.map((path) => [path, digest(host.read(host.resolve(root, path)))]));
  } catch {
    return null;
  }
}
