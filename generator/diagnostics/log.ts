import type { Diagnostic } from "./define.ts";

/** Collects what the stages report; a gate asks `failed()` after each stage. */
export interface DiagnosticLog {
  readonly add: (...diagnostics: readonly Diagnostic[]) => void;
  readonly all: () => readonly Diagnostic[];
  /** How many more errors there were than anybody reads. */
  readonly hidden: () => number;
  readonly failed: () => boolean;
}

/** The most errors that are kept: who has more made one mistake many times, and a hostile spec may hold a hundred thousand. */
const MAX_ERRORS = 1_000;

/** An empty log. Equal diagnostics are kept once. */
export function createLog(): DiagnosticLog {
  const found = new Map<string, Diagnostic>();
  let errors = 0;
  let hidden = 0;
  return {
    add(...diagnostics) {
      for (const one of diagnostics) {
        const id = JSON.stringify([one.code, one.origin, one.range, one.message]);
        if (found.has(id)) continue;
        if (one.severity === "error" && ++errors > MAX_ERRORS) hidden += 1;
        else found.set(id, one);
      }
    },
    all: () => [...found.values()],
    hidden: () => hidden,
    failed: () => errors > 0,
  };
}
