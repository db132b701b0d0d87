import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getHeapCodeStatistics } from "node:v8";
import { Script } from "node:vm";
import { restoreFlags } from "./heap.ts";

/** Where a bundle lies, and how its code asks for Node's own modules. */
export interface BundlePlace {
  readonly folder: string;
  readonly require: (name: string) => unknown;
}

/**
 * Runs a bundle of the build and returns its exports. What V8 compiled is kept beside it, for every purpose apart, which
 * saves a small run a quarter of its time. Whoever may write there may change the bundle itself, so the code that is kept
 * deserves the same trust; in a folder that is read-only nothing is kept.
 */
export function loadBundle({ folder, require }: BundlePlace, name: string, purpose: string): unknown {
  const filename = join(folder, name);
  const kept = join(folder, "code-cache", `${name}-${purpose}-${process.version}-${process.arch}`);
  const cachedData = bytesOf(kept);
  // The build writes ASCII only, which is read fastest as latin1.
  const source = `(function (exports, require, module) {${readFileSync(filename, "latin1")}\n})`;
  const script = new Script(source, cachedData === undefined ? { filename } : { filename, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module);
  if (cachedData === undefined || script.cachedDataRejected === true) process.once("exit", (code) => keep(script, { folder, kept, code }));
  else if (cachedData.length < source.length * MOST) keepMore(script, { folder, kept });
  return module.exports;
}

/** What a run through all stages compiles is more than the source; a run without a change, or one that ended early, compiles little. */
const MOST = 0.75;

/** So many bytes take some milliseconds to compile. */
const MUCH_CODE = 1 << 18;

/** Where little was kept: a run that compiles much more keeps that. */
function keepMore(script: Script, { folder, kept }: { readonly folder: string; readonly kept: string }): void {
  const compiledBytes = (): number => getHeapCodeStatistics().bytecode_and_metadata_size;
  const before = compiledBytes();
  process.once("exit", (code) => {
    if (compiledBytes() - before > MUCH_CODE) keep(script, { folder, kept, code });
  });
}

/** Keeps what was compiled up to the end of a run without errors: only that has seen all stages. */
function keep(script: Script, { folder, kept, code }: { readonly folder: string; readonly kept: string; readonly code: number }): void {
  if (code !== 0) return;
  try {
    accessSync(folder, constants.W_OK);
    mkdirSync(join(folder, "code-cache"), { recursive: true });
    const temporary = `${kept}.${process.pid}.tmp`;
    restoreFlags();
    writeFileSync(temporary, script.createCachedData(), { flag: "wx" });
    renameSync(temporary, kept);
  } catch {
    // The next run starts slower, and is as right.
  }
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
