import { isPortablePath } from "../artifact.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import type { Host } from "../host.ts";
import { digest } from "../output/digest.ts";
import { diskReader, type DiskReader } from "../output/disk.ts";
import { countIntact, stopChecking, tallyFor, type IntactOutput } from "../output/intact.ts";
import { isTidy } from "../output/journal.ts";
import { entryIn } from "../output/manifest-lines.ts";
import { parseManifest } from "../output/manifest-reading.ts";
import { MANIFEST_PATH, type Manifest } from "../output/manifest.ts";
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
  /** The files of the output that are shared with the user. */
  readonly shared: readonly string[];
  /** What was said about the specs, none of it errors. */
  readonly warnings: readonly Diagnostic[];
}

/** A manifest by its bytes, with line feeds only, and their digest: of thousands of files it has megabytes. */
type ManifestBytes = Pick<IntactOutput, "bytes" | "digest">;

/** The manifest that a run leaves, and the files that it calls shared. */
type LeftManifest = Pick<IntactOutput, "digest" | "shared">;

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
  readonly remember: (manifest: LeftManifest, left: Omit<Remembered, "specs" | "shared">) => void;
}

/**
 * Looks at the specs, and at what the last clean run noted. The note is believed only where its seal and every hash in it fit, so
 * that a broken or foreign one costs time and nothing else. Null where a spec cannot be read.
 */
export function lastRun(host: Host, root: string, out: string, key: RunKey): LastRun | null {
  const disk = diskReader(host, out);
  const marks = isTidy(disk) ? manifestBytes(disk) : null;
  const check = marks === null ? null : checkOf(marks, host, out);
  // Before the run reads them: a spec that is edited meanwhile must look new to the next run.
  const specs = digests(host, root);
  const before = specs === null || marks === null ? null : recordIn(cached(disk, RECORD), key.build, (shared) => headOf(key, { ...marks, shared }, disk));
  if (before === null) check?.stop();
  if (specs === null) return null;
  return {
    specs,
    before,
    sameSpecs: before !== null && equal(before.specs, specs),
    output: () => (before === null ? null : (check?.output(before) ?? null)),
    remember: (manifest, left) => note(host, out, key, manifest, { ...left, specs }),
  };
}

/** From so many bytes of a manifest on a second thread is worth its start: those of some four thousand files. */
const LARGE = 1 << 20;

/** A look at all files of a manifest. A second thread begins it, where there are many, while the first one reads the specs. */
function checkOf(marks: ManifestBytes, host: Host, out: string): { readonly output: (before: Remembered) => IntactOutput | null; readonly stop: () => void } {
  const { bytes } = marks;
  const tally = tallyFor(bytes);
  if (bytes.length >= LARGE) host.checkBeside({ out, bytes, tally });
  return {
    stop: () => stopChecking(tally),
    output({ shared }) {
      const files = countIntact(bytes, tally, diskReader(host, out));
      if (files === null) return null;
      let manifest: Manifest | null = null;
      return { ...marks, files, shared, entry: (path) => (manifest === null ? entryIn(bytes, path) : manifest.get(path)), manifest: () => (manifest ??= parseManifest(Buffer.from(bytes).toString()).manifest) };
    },
  };
}

/** The manifest that is there, as a checkout without CRLF has it. */
function manifestBytes(disk: DiskReader): ManifestBytes | null {
  const found = disk(MANIFEST_PATH);
  if (found.kind !== "file") return null;
  const bytes = found.bytes.includes(13) ? Buffer.from(Buffer.from(found.bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1") : found.bytes;
  return { bytes, digest: digest(bytes) };
}

function note(host: Host, out: string, key: RunKey, manifest: LeftManifest, { specs, parts, warnings }: Omit<Remembered, "shared">): void {
  const disk = diskReader(host, out);
  const head = headOf(key, manifest, disk);
  const files = [...specs].map(([path, content]): FileNote => [path, content, parts?.numbers.get(path) ?? null]);
  const text = JSON.stringify({ head, shared: manifest.shared, files, common: parts?.common ?? null, domains: parts?.domains ?? [], warnings });
  const record = `${seal(key.build, text)}\n${text}\n`;
  if (cached(disk, RECORD) !== record) keepCached(host, out, RECORD, record);
}

function textOf(disk: DiskReader, path: string): string | null {
  const found = disk(path);
  return found.kind === "file" ? new TextDecoder().decode(found.bytes) : null;
}

/** What must be the same for a note to say anything about this run. Of the files that we share with the user no manifest can tell what they hold. */
function headOf({ build, warehouse }: RunKey, manifest: LeftManifest, disk: DiskReader): string {
  const texts = manifest.shared.map((path) => [path, textOf(disk, path)]);
  return digest(JSON.stringify([build, warehouse, manifest.digest, texts]));
}

type FileNote = readonly [path: string, digest: string, part: number | null];

/** A note of this build about an output in this state; null for any other, and for whatever is none. */
function recordIn(record: string | null, build: string, headWith: (shared: readonly string[]) => string): Remembered | null {
  const [mark, text = ""] = (record ?? "").split("\n");
  if (mark !== seal(build, text)) return null;
  const value = parsed(text);
  if (!isRecord(value) || value.head !== headWith(value.shared)) return null;
  const specs = new Map(value.files.map(([path, content]) => [path, content]));
  const numbers = new Map(value.files.flatMap(([path, , part]) => (part === null ? [] : [[path, part] as const])));
  return { specs, shared: value.shared, warnings: value.warnings, parts: value.common === null ? null : { numbers, common: value.common, domains: value.domains } };
}

/** What stands behind a seal of ours was written by `note`; yet no file is opened outside of the output, whoever made the seal. */
function isRecord(value: unknown): value is { readonly head: string; readonly shared: readonly string[]; readonly files: readonly FileNote[]; readonly common: readonly string[] | null; readonly domains: readonly string[]; readonly warnings: readonly Diagnostic[] } {
  return typeof value === "object" && value !== null && "head" in value && "shared" in value && Array.isArray(value.shared) && value.shared.every((path) => typeof path === "string" && isPortablePath(path)) && "files" in value && Array.isArray(value.files) && "common" in value && "domains" in value && "warnings" in value && Array.isArray(value.warnings);
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
