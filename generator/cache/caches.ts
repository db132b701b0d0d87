import type { Host } from "../host.ts";
import { lastRun, type LastRun } from "./last-run.ts";
import { knownParts, type KnownParts } from "./part-marks.ts";
import { printedTexts, type PrintedTexts } from "./printed.ts";
import { specCache, type SpecCache } from "./spec-cache.ts";

/** All that earlier runs left in an output folder. */
export interface Caches {
  readonly last: LastRun;
  readonly files: SpecCache;
  readonly printed: PrintedTexts;
  readonly parts: KnownParts;
}

/** What decides whose caches are opened. */
export interface CacheKey {
  readonly host: Host;
  readonly root: string;
  readonly out: string;
  readonly build: string;
  readonly warehouse: string | null;
}

/** Opens the caches of an output folder; null where the specs cannot be read. */
export function openCaches({ host, root, out, build, warehouse }: CacheKey): Caches | null {
  const last = lastRun(host, root, out, { build, warehouse });
  return last === null ? null : { last, files: specCache(host, out, build), printed: printedTexts(host, out, build), parts: knownParts(host, out, build) };
}
