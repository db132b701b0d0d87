import { setFlagsFromString } from "node:v8";

/** So many spec files make about two thousand models. */
const MANY_FILES = 400;

/**
 * Lets the heap grow in small steps where there are many spec files: with V8's own steps a compile of 10,000 models peaks at 580 MB,
 * of which less than half is alive; with these at less than 400 MB, for more work of the collector. Others are better off with V8's.
 */
export function growHeapSlowly(files: number): void {
  if (files < MANY_FILES) return;
  setFlagsFromString("--heap-growing-percent=30");
  setFlagsFromString("--semi-space-growth-factor=1");
  // What the first stages ran is kept for the next run, too (`bundle.ts`), and the collector throws away what was not run for a while.
  setFlagsFromString("--no-flush-bytecode");
}

/** Takes `growHeapSlowly` back: V8 knows code that was compiled under other flags by them. */
export function restoreFlags(): void {
  setFlagsFromString("--heap-growing-percent=0");
  setFlagsFromString("--semi-space-growth-factor=2");
  setFlagsFromString("--flush-bytecode");
}
