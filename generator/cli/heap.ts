import { setFlagsFromString } from "node:v8";

/** So many spec files make about two thousand models. */
const MANY_FILES = 400;

/**
 * Lets the heap grow in small steps: with V8's own steps a compile of 10,000 models peaks at 580 MB, of which less than half is
 * alive; with these at less than 400 MB, for a little more work of the collector. Small compiles never notice.
 */
export function growHeapSlowly(): void {
  setFlagsFromString("--heap-growing-percent=30");
}

/** Keeps the room for new objects as small as it is, where there are many spec files: growing saves time, and costs 60 MB in the end. */
export function keepNewSpaceSmall(files: number): void {
  if (files >= MANY_FILES) setFlagsFromString("--semi-space-growth-factor=1");
}

/** Takes `keepNewSpaceSmall` back: V8 knows code that was compiled under other flags by them. */
export function restoreFlags(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}
