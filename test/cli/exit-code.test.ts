import { expect, it } from "vitest";
import { exitCode, worstOf } from "../../generator/cli/exit-code.ts";
import type { Diagnostic } from "../../generator/diagnostics/define.ts";
import { outputDiagnostics } from "../../generator/output/diagnostics.ts";

/** What each problem of the output ends with where it is an error; for `check` it is the same. */
const promised: { readonly [exit: number]: readonly string[] } = {
  1: ["generator-newer", "manifest-newer", "manifest-path", "manifest-unreadable", "no-access", "not-a-file"],
  2: ["inside-specs", "manifest-conflict", "no-folder", "not-ours"],
  3: ["plan-stale"],
  4: ["conflict-left", "conflict-written", "deleted", "edit-kept", "edited", "no-base", "orphan-edited", "range-lost", "unmanaged"],
  6: ["journal-unreadable", "locked", "unfinished"],
};

/** Warnings that say nothing about the output of these specs. */
const TOLD_ONLY = ["ejected-behind", "upgraded"];

it("every problem of the output has the exit code that the docs promise", () => {
  const found = Object.entries(promised).flatMap(([exit, codes]) => codes.map((code) => [code, Number(exit)] as const));
  expect([...found.map(([code]) => code), ...TOLD_ONLY].sort()).toEqual(Object.keys(outputDiagnostics.entries).sort());
  for (const [code, exit] of found) expect([code, exitCode([problem(code, "error")]), exit === 2 ? exit : exitCode([problem(code, "warning")], { stale: false })]).toEqual([code, exit, exit]);
  for (const code of TOLD_ONLY) expect(exitCode([problem(code, "warning")], { stale: false })).toBe(0);
});

it("a run that goes on in spite of edits ends with 0, one that wrote conflicts with 4, and check with 3 where something is stale", () => {
  expect(["edit-kept", "deleted", "conflict-written"].map((code) => exitCode([problem(code, "warning")]))).toEqual([0, 0, 4]);
  expect([exitCode([], { stale: true }), exitCode([], { stale: false })]).toEqual([3, 0]);
});

it("of several codes the worst is that of the run", () => {
  const worstFirst = [1, 2, 6, 4, 5, 3, 0];
  for (const [at, code] of worstFirst.entries()) expect(worstOf(worstFirst.slice(at).toReversed())).toBe(code);
});

function problem(code: string, severity: Diagnostic["severity"]): Diagnostic {
  return { ...outputDiagnostics.report("locked", { origin: null }, { path: "x" }), code: `output/${code}`, severity };
}
