import { generate, type Generation } from "../../generate.ts";
import { isWritten } from "../../plan/report.ts";
import { cacheOf } from "../caches.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT, exitCode } from "../exit-code.ts";
import { runGit } from "../git.ts";
import { growHeapSlowly } from "../heap.ts";
import { countProblems, plural, report } from "../report.ts";
import { stageTexts } from "../stages.ts";

const LISTED = 20;

/** `check SPEC`: everything that `generate` would refuse or change, and nothing written. */
export async function run(context: CommandContext): Promise<number> {
  const { host, terminal, options, positionals } = context;
  const result = await generate({
    host,
    root: host.resolve(positionals[0] ?? ""),
    out: host.resolve(options.out ?? "."),
    warehouse: options.warehouse,
    check: true,
    ...cacheOf(options),
    git: runGit,
    onStage: (stage) => terminal.progress(stageTexts[stage]),
    onFiles: growHeapSlowly,
    lean: true,
  });
  const stale = result.changes.filter(isWritten);
  const code = exitCode(result.diagnostics, { stale: stale.length > 0 });
  await report(context, result, { command: "check", exitCode: code, summary: summary(result, stale, code), changes: result.changes });
  return code;
}

function summary(result: Generation, stale: Generation["changes"], code: number): string {
  const { unchanged } = result;
  const problems = countProblems(result);
  const told = problems === "" ? "" : `${problems}. `;
  if (code === EXIT.clean) return `${told}The specs are valid and ${plural(unchanged, "file")} up to date.`;
  if (stale.length === 0) return told.trim();
  const lines = stale.slice(0, LISTED).map(({ action, path }) => `  ${action} ${path}\n`);
  const more = stale.length > LISTED ? `  … and ${stale.length - LISTED} more\n` : "";
  return `${told}The output is stale; generate would:\n${lines.join("")}${more}`.trimEnd();
}
