import { hasErrors } from "../../diagnostics/define.ts";
import { generate, type Generation } from "../../generate.ts";
import { cacheOf } from "../caches.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT, exitCode } from "../exit-code.ts";
import { runGit } from "../git.ts";
import { growHeapSlowly } from "../heap.ts";
import { countProblems, failure, report } from "../report.ts";
import { stageTexts } from "../stages.ts";

/** `generate SPEC`: compiles and writes. */
export async function run(context: CommandContext): Promise<number> {
  const { host, terminal, options, positionals } = context;
  const agreed = options.plan === null ? null : fingerprintIn(host, options.plan);
  if (options.plan !== null && agreed === null) {
    terminal.printError(`dps-gen: '${options.plan}' is no plan: write one with 'dps-gen plan --format json'.\n`);
    return EXIT.invalid;
  }
  const result = await generate({
    host,
    root: host.resolve(positionals[0] ?? ""),
    out: host.resolve(options.out ?? "."),
    warehouse: options.warehouse,
    git: runGit,
    conflict: options.conflict ?? "stop",
    restore: options.restore,
    agreed,
    ...cacheOf(options),
    onStage: (stage) => terminal.progress(stageTexts[stage]),
    onFiles: growHeapSlowly,
    lean: true,
  });
  const code = exitCode(result.diagnostics);
  await report(context, result, { command: "generate", exitCode: code, summary: summary(result, hasErrors(result.diagnostics)), changes: result.changes });
  return code;
}

/** The fingerprint that a plan in JSON holds, or null where the file is none. */
function fingerprintIn(host: CommandContext["host"], file: string): string | null {
  try {
    const plan: unknown = JSON.parse(new TextDecoder().decode(host.read(host.resolve(file))));
    if (typeof plan !== "object" || plan === null || !("fingerprint" in plan) || typeof plan.fingerprint !== "string") return null;
    return plan.fingerprint;
  } catch {
    return null;
  }
}

function summary(result: Generation, failed: boolean): string {
  const { changes, unchanged } = result;
  if (failed) return failure(result);
  const problems = countProblems(result);
  const count = (action: Generation["changes"][number]["action"]): number => changes.filter((one) => one.action === action).length;
  const counts = ["create", "update", "merge", "move", "delete", "keep", "conflict"] as const;
  const texts = { create: "created", update: "updated", merge: "merged with edits", move: "moved", delete: "deleted", keep: "left as you have them", conflict: "in conflict" };
  const parts = [...counts.filter((action) => count(action) > 0).map((action) => `${count(action)} ${texts[action]}`), `${unchanged} unchanged`];
  return `Files: ${parts.join(", ")}.${problems === "" ? "" : ` ${problems}.`}`;
}
