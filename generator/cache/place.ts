import type { Host } from "../host.ts";
import { digest } from "../output/digest.ts";
import { diskReader, type DiskReader } from "../output/disk.ts";

/** The folder of all that is kept between runs; git ignores it, and whoever deletes it loses time only. */
export const CACHE_FOLDER = ".dps-gen/cache";

/** What tells that a text is one that this build kept: nobody changed a byte of it, by hand or by accident. */
export function seal(build: string, text: string): string {
  return digest(`${build}\n${text}`);
}

/** What JSON says, or null where the text is none. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The text of a cache file, or null where there is none that could be read. */
export function cached(disk: DiskReader, name: string): string | null {
  try {
    const found = disk(`${CACHE_FOLDER}/${name}`);
    return found.kind === "file" ? new TextDecoder().decode(found.bytes) : null;
  } catch {
    return null;
  }
}

/** Puts a text into the cache, unless something other than a file stands there. Where that fails the next run takes longer, and is as right. */
export function keepCached(host: Host, out: string, name: string, text: string): void {
  const path = `${CACHE_FOLDER}/${name}`;
  try {
    if (diskReader(host, out)(path).kind !== "other") host.write(host.resolve(out, path), text);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}
