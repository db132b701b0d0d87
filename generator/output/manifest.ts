import type { Artifact } from "../artifact.ts";

/** Where the manifest stands in the output folder. */
export const MANIFEST_PATH = ".dps-gen/manifest.json";

/** The form of manifests that this version writes and reads. */
export const FORMAT = 1;

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

/** The files that are shared with the user, in code-point order: those of some entries, and of `others` those that no entry says otherwise of. */
export function sharedPaths(entries: Manifest, others: readonly string[] = []): readonly string[] {
  const found = new Set(others);
  for (const [path, { mode }] of entries) {
    if (mode === "shared") found.add(path);
    else found.delete(path);
  }
  return [...found].sort();
}

/** Whether a version is newer than another; what follows the third number does not count. */
export function isNewer(version: string, than: string): boolean {
  const [ours, theirs] = [version, than].map((one) => one.split(/[.+-]/, 3).map(Number));
  const at = (ours ?? []).findIndex((number, place) => number !== theirs?.[place]);
  return at >= 0 && (ours?.[at] ?? 0) > (theirs?.[at] ?? 0);
}
