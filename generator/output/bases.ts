import type { Host } from "../host.ts";
import { digest } from "./digest.ts";
import type { DiskReader } from "./disk.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";

/** Reads a content of git's object store by its name, or null where it does not hold it. */
export type BlobReader = (id: string) => Uint8Array | null;

/** Where copies of generated texts are kept that git does not keep for us. */
const FOLDER = ".dps-gen/base";

/** Where the copy of a text with this hash is kept. */
export function basePath(hash: string): string {
  return `${FOLDER}/${hash}`;
}

/** The text that we wrote last, from a kept copy or from git; null where neither holds exactly that text. */
export function findBase(entry: ManifestEntry, disk: DiskReader, blobs: BlobReader | null): Uint8Array | null {
  const copy = disk(basePath(entry.hash));
  const found = copy.kind === "file" ? copy.bytes : null;
  if (found !== null && digest(found) === entry.hash) return found;
  const blob = entry.blob === null ? null : (blobs?.(entry.blob) ?? null);
  return blob !== null && digest(blob) === entry.hash ? blob : null;
}

/** Kept copies that no file of the manifest needs any more. */
export function staleBases(host: Host, out: string, manifest: Manifest): readonly string[] {
  const folder = host.resolve(out, FOLDER);
  if (host.kind(host.resolve(out, ".dps-gen")) !== "folder" || host.kind(folder) !== "folder") return [];
  const needed = new Set([...manifest.values()].map(({ hash }) => hash));
  return host.list(folder).flatMap(({ name, kind }) => (kind === "file" && /^[0-9a-f]{64}$/.test(name) && !needed.has(name) ? [`${FOLDER}/${name}`] : []));
}

/** Whether a folder lies in a git work tree, by the looks of it. */
export function inWorkTree(host: Host, folder: string): boolean {
  const kind = host.kind(host.resolve(folder, ".git"));
  if (kind === "folder" || kind === "file") return true;
  const above = host.resolve(folder, "..");
  return above !== folder && inWorkTree(host, above);
}
