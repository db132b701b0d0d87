import { digest } from "./digest.ts";
import type { DiskReader } from "./disk.ts";
import { partsOfLines, readLine } from "./manifest-lines.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";

/** An output folder in which every generated file is as the manifest says: the manifest's bytes, with line feeds only, their digest, and what they say. */
export interface IntactOutput {
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** How many files it names, and which of them are shared. */
  readonly files: number;
  readonly shared: readonly string[];
  readonly entry: (path: string) => ManifestEntry | undefined;
  /** All of it, which takes a while to read where there are thousands. */
  readonly manifest: () => Manifest;
}

/** What threads that share the work know of a manifest's parts: first the next one to take, then whether to stop, then for each part one more than it has files, once they are checked. */
export type Tally = Int32Array<SharedArrayBuffer>;

const [NEXT, STOP, PARTS] = [0, 1, 2];

/** So long a part that another thread has taken is waited for, in milliseconds: it is a small one. */
const PATIENCE = 50;

/** A tally for a manifest of ours, in which nothing is checked yet. */
export function tallyFor(bytes: Uint8Array): Tally {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (PARTS + partsOfLines(bytes).count)));
}

/** Takes part after part and checks its files, until there is none, one is not as the manifest says, or nobody wants to know any more. */
export function checkParts(bytes: Uint8Array, tally: Tally, disk: DiskReader): void {
  const parts = partsOfLines(bytes);
  while (Atomics.load(tally, STOP) === 0) {
    const part = Atomics.add(tally, NEXT, 1);
    if (part >= parts.count) return;
    checkPart(parts.at(part), part, tally, disk);
  }
}

/** The number of files of a manifest of ours, where all that are generated are as it says; else null. What other threads leave undone is done here. */
export function countIntact(bytes: Uint8Array, tally: Tally, disk: DiskReader): number | null {
  checkParts(bytes, tally, disk);
  const parts = partsOfLines(bytes);
  let files = 0;
  for (let part = 0; part < parts.count && Atomics.load(tally, STOP) === 0; part++) {
    Atomics.wait(tally, PARTS + part, 0, PATIENCE);
    if (Atomics.load(tally, PARTS + part) === 0) checkPart(parts.at(part), part, tally, disk);
    files += Atomics.load(tally, PARTS + part) - 1;
  }
  return Atomics.load(tally, STOP) === 0 ? files : null;
}

/** Ends what other threads do. */
export function stopChecking(tally: Tally): void {
  Atomics.store(tally, STOP, 1);
}

function checkPart(lines: string, part: number, tally: Tally, disk: DiskReader): void {
  const files = intactFiles(lines, disk);
  if (files === null) return stopChecking(tally);
  Atomics.store(tally, PARTS + part, files + 1);
  Atomics.notify(tally, PARTS + part);
}

/** How many files some lines name, where all are as they say. */
function intactFiles(lines: string, disk: DiskReader): number | null {
  let [at, files] = [0, 0];
  for (let line = readLine(lines, at); line !== null; line = readLine(lines, at)) {
    const { path, entry: { mode, hash }, end } = line;
    if (mode === "generated" || mode === "scaffold") {
      const found = disk(path);
      if (mode === "scaffold" ? found.kind === "other" : found.kind !== "file" || digest(found.bytes) !== hash) return null;
    }
    [at, files] = [end, files + 1];
  }
  return /^(?: {2}\}\n)?(?:\}\n)?$/.test(lines.slice(at)) ? files : null;
}
