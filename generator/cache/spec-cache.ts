import type { Host } from "../host.ts";
import { digest } from "../output/digest.ts";
import { diskReader } from "../output/disk.ts";
import { isCheckedObject, type CheckedFiles, type CheckedObject } from "../spec/checked.ts";
import { cached, keepCached, parsed, seal } from "./place.ts";

/** What the files of a spec folder say, as earlier runs read and checked them. */
export interface SpecCache extends CheckedFiles {
  /** What a file said when its bytes had this digest; null where that is not kept. */
  readonly at: (path: string, digest: string) => readonly CheckedObject[] | null;
  /** Writes what was checked anew, and forgets files and contents that `specs` (paths with digests) no longer name. */
  readonly save: (specs: ReadonlyMap<string, string>) => void;
}

/** A file in a shard: the digest of its bytes, and what it says, as JSON behind its seal. */
interface Kept {
  readonly digest: string;
  readonly json: string;
  readonly seal: string;
}

type Shard = ReadonlyMap<string, Kept>;

/** Few files even for thousands of specs, and little to write again when one spec changes. */
const SHARDS = 256;

/** Whether there are so many files that reading what was kept takes less time than reading the specs and keeping it. */
export function isWorthKeeping(specs: ReadonlyMap<string, string>): boolean {
  return specs.size >= 8;
}

/** Opens the cache of an output folder; `build` is that of the tool: what another one kept is not looked at. */
export function specCache(host: Host, out: string, build: string): SpecCache {
  const disk = diskReader(host, out);
  const shards = new Map<string, Shard>();
  const read = new Map<string, string>();
  const fresh = new Map<string, string>();
  const shard = (name: string): Shard => {
    const known = shards.get(name) ?? parsedShard(cached(disk, name) ?? "");
    shards.set(name, known);
    return known;
  };
  const at = (path: string, wanted: string): readonly CheckedObject[] | null => {
    const found = shard(shardOf(path)).get(path);
    return found !== undefined && found.digest === wanted && found.seal === sealOf(build, path, found) ? objectsIn(found.json) : null;
  };
  return {
    at,
    recall(path, bytes) {
      const found = digest(bytes);
      read.set(path, found);
      return at(path, found);
    },
    letGo: () => shards.clear(),
    keep: (path, objects) => void fresh.set(path, JSON.stringify(objects)),
    save(specs) {
      if (!isWorthKeeping(specs)) return;
      const touched = new Map<string, Map<string, Kept>>();
      for (const [path, json] of fresh) {
        const name = shardOf(path);
        const files = touched.get(name) ?? new Map(shard(name));
        const kept = { digest: read.get(path) ?? "", json };
        touched.set(name, files.set(path, { ...kept, seal: sealOf(build, path, kept) }));
      }
      for (const [name, files] of touched) {
        const lines = [...files].flatMap(([path, kept]) => (kept.digest === specs.get(path) ? [lineOf(path, kept)] : []));
        keepCached(host, out, name, lines.sort().join(""));
      }
      fresh.clear();
    },
  };
}

function shardOf(path: string): string {
  return `specs-${(Number.parseInt(digest(path).slice(0, 4), 16) % SHARDS).toString(16).padStart(2, "0")}`;
}

function sealOf(build: string, path: string, { digest: content, json }: Pick<Kept, "digest" | "json">): string {
  return seal(build, `${path}\n${content}\n${json}`);
}

/** Tabs part the fields: JSON escapes those inside. */
function lineOf(path: string, kept: Kept): string {
  return `${kept.seal}\t${kept.digest}\t${JSON.stringify(path)}\t${kept.json}\n`;
}

/** Whatever lines look like ours; the seal tells later whether they are. */
function parsedShard(text: string): Shard {
  const found = new Map<string, Kept>();
  for (const line of text.split("\n")) {
    const [mark, content, name, json] = line.split("\t", 4);
    const path = name === undefined ? null : parsed(name);
    if (mark !== undefined && content !== undefined && json !== undefined && typeof path === "string") found.set(path, { seal: mark, digest: content, json });
  }
  return found;
}

function objectsIn(json: string): readonly CheckedObject[] | null {
  const value = parsed(json);
  return Array.isArray(value) && value.every(isCheckedObject) ? value : null;
}
