import type { Host } from "./host.ts";
import { digest } from "./output/digest.ts";
import { diskReader, type DiskReader } from "./output/disk.ts";
import { isTidy } from "./output/journal.ts";
import { MANIFEST_PATH, parseManifest, type ManifestReading } from "./output/manifest.ts";
import { specFiles } from "./spec/files.ts";

const CACHE_PATH = ".dps-gen/cache.json";

/** What decides the output of a run besides the specs. */
export interface RunKey {
  readonly build: string;
  readonly warehouse: string | null;
}

/** A look at the specs of a run, and a way to keep it. */
export interface LastRun {
  /** Number of generated files where specs, build, options and output are those of the last clean run, else null. */
  readonly upToDate: number | null;
  /** Notes that the run ended clean. */
  readonly remember: () => void;
}

/**
 * Whether a run would only repeat the last one. It reads and hashes all specs and all generated files; the cache is only
 * believed where every hash fits, so that a broken or foreign one costs time and nothing else.
 */
export function lastRun(host: Host, root: string, out: string, key: RunKey): LastRun {
  const disk = diskReader(host, out);
  // Before the run reads them: a spec that is edited meanwhile must look new to the next run.
  const specs = fingerprint(host, root);
  if (specs === null) return { upToDate: null, remember: () => undefined };
  const manifest = textOf(disk, MANIFEST_PATH);
  const reading = manifest === null || !isTidy(disk) ? null : parseManifest(manifest);
  const same = manifest !== null && reading !== null && textOf(disk, CACHE_PATH) === cacheText({ ...key, specs, manifest: digest(manifest), shared: sharedFiles(reading, disk) });
  return { upToDate: same ? intactFiles(reading, disk) : null, remember: () => note(host, out, { ...key, specs }) };
}

/** The number of files of a manifest, or null where one of them is not as we wrote it. */
function intactFiles({ manifest, problem }: ManifestReading, disk: DiskReader): number | null {
  if (problem !== null) return null;
  for (const [path, { hash, mode }] of manifest) {
    if (mode !== "generated") continue;
    const found = disk(path);
    if (found.kind !== "file" || digest(found.bytes) !== hash) return null;
  }
  return manifest.size;
}

/** A hash of the files that we share with the user: no manifest can tell what those hold. */
function sharedFiles({ manifest }: ManifestReading, disk: DiskReader): string {
  const shared = [...manifest].filter(([, { mode }]) => mode === "shared");
  return digest(shared.map(([path]) => `${textOf(disk, path) ?? ""}\n${path}\n`).join(""));
}

function note(host: Host, out: string, key: RunKey & { readonly specs: string }): void {
  const disk = diskReader(host, out);
  const manifest = textOf(disk, MANIFEST_PATH);
  if (manifest === null) return;
  const text = cacheText({ ...key, manifest: digest(manifest), shared: sharedFiles(parseManifest(manifest), disk) });
  if (textOf(disk, CACHE_PATH) !== text) host.write(host.resolve(out, CACHE_PATH), text);
}

function cacheText(cache: RunKey & { readonly specs: string; readonly manifest: string; readonly shared: string }): string {
  const { build, warehouse, specs, manifest, shared } = cache;
  return `${JSON.stringify({ build, warehouse, specs, manifest, shared }, null, 2)}\n`;
}

/** A hash of all spec files with their paths, or null where one cannot be read. */
function fingerprint(host: Host, root: string): string | null {
  try {
    const lines = specFiles(host, root, (_, error) => {
      throw error;
    }).map((path) => `${digest(host.read(host.resolve(root, path)))} ${path}\n`);
    return digest(lines.join(""));
  } catch {
    return null;
  }
}

function textOf(disk: DiskReader, path: string): string | null {
  const found = disk(path);
  return found.kind === "file" ? new TextDecoder().decode(found.bytes) : null;
}
