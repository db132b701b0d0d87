import type { Diagnostic } from "../diagnostics/define.ts";

/** The exit codes of a run; `broken` is what `verify` answers where a check does not hold. */
export const EXIT = { clean: 0, failed: 1, invalid: 2, stale: 3, drift: 4, unapproved: 5, locked: 6, broken: 7 } as const;

/** Worst first: one code a run. */
const ORDER = [EXIT.failed, EXIT.invalid, EXIT.locked, EXIT.drift, EXIT.unapproved, EXIT.stale] as const;

/** Codes of problems that do not lie in the specs. */
const OWN: { readonly [code: string]: number } = {
  "output/unmanaged": EXIT.drift,
  "output/edited": EXIT.drift,
  "output/edit-kept": EXIT.drift,
  "output/range-lost": EXIT.drift,
  "output/conflict-left": EXIT.drift,
  "output/no-base": EXIT.drift,
  "output/conflict-written": EXIT.drift,
  "output/deleted": EXIT.drift,
  "output/orphan-edited": EXIT.drift,
  "output/not-a-file": EXIT.failed,
  "output/no-access": EXIT.failed,
  "output/manifest-path": EXIT.failed,
  "output/manifest-unreadable": EXIT.failed,
  "output/manifest-newer": EXIT.failed,
  "output/generator-newer": EXIT.failed,
  "output/plan-stale": EXIT.stale,
  "output/locked": EXIT.locked,
  "output/unfinished": EXIT.locked,
  "output/journal-unreadable": EXIT.locked,
};

/** The worst of some exit codes. */
export function worstOf(codes: readonly number[]): number {
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.clean;
}

/** The exit code of a run that reported these. Warnings count only for `check` and where the output drifted, or where a conflict was written. */
export function exitCode(diagnostics: readonly Diagnostic[], check: { readonly stale: boolean } | null = null): number {
  const codes = new Set<number>(check?.stale === true ? [EXIT.stale] : []);
  for (const { code, severity } of diagnostics) {
    if (severity === "error") codes.add(OWN[code] ?? EXIT.invalid);
    else if ((check !== null || code === "output/conflict-written") && OWN[code] !== undefined) codes.add(OWN[code]);
  }
  return worstOf([...codes]);
}
