import type { Diagnostic } from "./define.ts";

/** Collects what the stages report; a gate asks `failed()` after each stage. */
export interface DiagnosticLog {
  readonly add: (...diagnostics: readonly Diagnostic[]) => void;
  readonly all: () => readonly Diagnostic[];
  readonly failed: () => boolean;
}

/** An empty log. Equal diagnostics are kept once. */
export function createLog(): DiagnosticLog {
  const found = new Map<string, Diagnostic>();
  return {
    add(...diagnostics) {
      for (const one of diagnostics) {
        const id = JSON.stringify([one.code, one.origin, one.range, one.message]);
        if (!found.has(id)) found.set(id, one);
      }
    },
    all: () => [...found.values()],
    failed: () => [...found.values()].some((one) => one.severity === "error"),
  };
}
