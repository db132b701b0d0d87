import { objectsBehind, type Artifact } from "../artifact.ts";
import type { Host } from "../host.ts";
import { diskReader } from "../output/disk.ts";
import type { Manifest } from "../output/manifest.ts";
import { artifactMark } from "./artifact-mark.ts";
import { cached, keepCached, seal } from "./place.ts";

const NAME = "printed";

/** Which texts earlier runs printed from which artifacts, by digests of both. */
export interface PrintedTexts {
  /** The digest of the text that is printed from an artifact with this mark; null where that is not known. */
  readonly textOf: (mark: string) => string | null;
  /** Whether the text of an artifact is known to be the one that a manifest names, so that nobody needs to print it. */
  readonly isIn: (manifest: Manifest | null, artifact: Artifact) => boolean;
  /** Keeps what is known of the artifacts that were asked about, and nothing else, where this manifest names their texts. */
  readonly save: (manifest: Manifest) => void;
}

/** Opens the cache of an output folder; it is read when the first artifact is asked about, and believed where its seal fits. */
export function printedTexts(host: Host, out: string, build: string): PrintedTexts {
  let known: ReadonlyMap<string, string> | null = null;
  const asked = new Map<string, string>();
  const textOf = (mark: string): string | null => (known ??= textsIn(cached(diskReader(host, out), NAME), build)).get(mark) ?? null;
  return {
    textOf,
    isIn(manifest, artifact) {
      // Of a shared file the output holds more than its text, and what was renamed has to be moved.
      if (artifact.mode !== "generated" || artifact.formerly !== undefined) return false;
      const mark = artifactMark(artifact);
      asked.set(artifact.path, mark);
      const entry = manifest?.get(artifact.path);
      return entry?.mode === "generated" && textOf(mark) === entry.hash && isSame(entry.from, objectsBehind(artifact));
    },
    save(manifest) {
      if (asked.size === 0) return;
      const lines = [...asked].flatMap(([path, mark]) => {
        const entry = manifest.get(path);
        return entry?.mode === "generated" ? [`${mark} ${entry.hash}\n`] : [];
      });
      const text = lines.sort().join("");
      keepCached(host, out, NAME, `${seal(build, text)}\n${text}`);
    },
  };
}

/** Digests of texts by those of their artifacts; none where the file is no longer as it was kept. */
function textsIn(file: string | null, build: string): ReadonlyMap<string, string> {
  const end = file?.indexOf("\n") ?? -1;
  const text = file?.slice(end + 1) ?? "";
  if (end < 0 || file?.slice(0, end) !== seal(build, text)) return new Map();
  return new Map(text.split("\n").map((line) => [line.slice(0, 64), line.slice(65)]));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
