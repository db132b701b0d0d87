import type { Host, Pieces } from "../host.ts";
import { digest } from "./digest.ts";
import { diskReader, type DiskReader } from "./disk.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";

/** Reads a content of git's object store by its name, or null where it does not hold it. */
export type BlobReader = (id: string) => Uint8Array | null;

/** Finds a text that was generated earlier; null where neither a kept copy nor git holds exactly that text. */
export type BaseFinder = (entry: ManifestEntry) => Uint8Array | null;

/** What is to be done to the files that hold kept texts. */
export interface KeptTexts {
  readonly writes: readonly (readonly [path: string, content: Pieces])[];
  /** Files to delete once the manifest is written. */
  readonly deletes: readonly string[];
}

/** What is asked about the manifest that texts are kept for. */
interface ManifestSummary {
  readonly files: number;
  readonly entries: () => Manifest;
}

/** Where copies of generated texts are kept that git does not keep for us: one file for all that a run adds. */
const FOLDER = ".dps-gen/base";
const NAME = /^([0-9]+)-[0-9a-f]{16}\.jsonl$/;
const LINE = /^\["([0-9a-f]{64})",(".*")\]\r?$/;
const MOST_FILES = 8;

/** A finder that reads the kept copies once, when the first text is asked for. */
export function baseFinder(host: Host, out: string, blobs: BlobReader | null): BaseFinder {
  let kept: ReadonlyMap<string, string> | null = null;
  return ({ hash, blob }) => {
    kept ??= textsIn(host, out, files(host, out));
    const copy = parsed(kept.get(hash));
    if (copy !== null && digest(copy) === hash) return Buffer.from(copy);
    const found = blob === null ? null : (blobs?.(blob) ?? null);
    return found !== null && digest(found) === hash ? found : null;
  };
}

/**
 * How to keep further texts (by hash) beside those kept already, for a manifest. A run adds one file; when
 * there are many, one new file takes the place of all but one that holds most texts; of all, when there are more than two texts for each file of the manifest.
 */
export function keepTexts(host: Host, out: string, fresh: ReadonlyMap<string, string>, manifest: ManifestSummary): KeptTexts {
  const present = files(host, out);
  if (present.length === 0 && fresh.size === 0) return { writes: [], deletes: [] };
  const added = [...fresh].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hash, text]) => [hash, () => JSON.stringify(text)] as const);
  const file = packed(added);
  const known = present.some(({ path }) => path === file?.[0]);
  const held = present.reduce((sum, { count }) => sum + count, known ? 0 : added.length);
  const few = held <= 2 * manifest.files;
  if (few && present.length + (known ? 0 : 1) <= MOST_FILES) return { writes: file === null || known ? [] : [file], deletes: [] };
  const packing = few ? present.filter(({ count }) => count <= held / 2) : present;
  const all = new Map([...[...textsIn(host, out, packing)].map(([hash, json]) => [hash, () => json] as const), ...added]);
  const hashes = new Set([...manifest.entries().values()].map(({ hash }) => hash));
  const whole = packed([...all].filter(([hash]) => hashes.has(hash)).sort(([a], [b]) => (a < b ? -1 : 1)));
  const same = present.some(({ path }) => path === whole?.[0]);
  return { writes: whole === null || same ? [] : [whole], deletes: packing.map(({ path }) => path).filter((path) => path !== whole?.[0]) };
}

/** Whether a folder lies in a git work tree, by the looks of it, and git names objects there as manifests do: by sha1. */
export function inWorkTree(host: Host, folder: string): boolean {
  const git = host.resolve(folder, ".git");
  const kind = host.kind(git);
  if (kind === "file") return true;
  if (kind === "folder") return !namesBySha256(host, host.resolve(git, "config"));
  const above = host.resolve(folder, "..");
  return above !== folder && inWorkTree(host, above);
}

function namesBySha256(host: Host, config: string): boolean {
  return host.kind(config) === "file" && /^\s*objectformat\s*=\s*"?sha256/im.test(new TextDecoder().decode(host.read(config)));
}

/** A file of kept texts; its name says how many, and follows from which. One text a line, so that line ends of a checkout do not matter. */
function packed(texts: readonly (readonly [hash: string, json: () => string])[]): readonly [path: string, content: Pieces] | null {
  if (texts.length === 0) return null;
  const name = digest(texts.map(([hash]) => hash).join("\n")).slice(0, 16);
  return [`${FOLDER}/${texts.length}-${name}.jsonl`, { pieces: () => linesOf(texts) }];
}

function* linesOf(texts: readonly (readonly [hash: string, json: () => string])[]): Iterable<string> {
  for (const [hash, json] of texts) yield `["${hash}",${json()}]\n`;
}

function files(host: Host, out: string): readonly { readonly path: string; readonly count: number }[] {
  const folder = host.resolve(out, FOLDER);
  if (host.kind(host.resolve(out, ".dps-gen")) !== "folder" || host.kind(folder) !== "folder") return [];
  return host.list(folder).flatMap(({ name, kind }) => {
    const count = NAME.exec(name)?.[1];
    return kind === "file" && count !== undefined ? [{ path: `${FOLDER}/${name}`, count: Number(count) }] : [];
  });
}

/** Kept texts by hash, as JSON. */
function textsIn(host: Host, out: string, from: readonly { readonly path: string }[]): ReadonlyMap<string, string> {
  const disk: DiskReader = diskReader(host, out);
  const texts = new Map<string, string>();
  for (const { path } of from) {
    const found = disk(path);
    if (found.kind !== "file") continue;
    for (const line of new TextDecoder().decode(found.bytes).split("\n")) {
      const [, hash, json] = LINE.exec(line) ?? [];
      if (hash !== undefined && json !== undefined) texts.set(hash, json);
    }
  }
  return texts;
}

function parsed(json: string | undefined): string | null {
  try {
    const text: unknown = json === undefined ? null : JSON.parse(json);
    return typeof text === "string" ? text : null;
  } catch {
    return null;
  }
}
