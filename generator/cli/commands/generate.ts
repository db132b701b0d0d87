import { generate, type Generation } from "../../generate.ts";
import type { CommandContext } from "../commands.ts";
import { exitCode } from "../exit-code.ts";
import { countProblems, report } from "../report.ts";
import { stageTexts } from "../stages.ts";

/** `generate SPEC`: compiles and writes. */
export async function run(context: CommandContext): Promise<number> {
  const { host, terminal, options, positionals } = context;
  const result = await generate({
    host,
    root: host.resolve(positionals[0] ?? ""),
    out: host.resolve(options.out ?? "."),
    warehouse: options.warehouse,
    onStage: (stage) => terminal.progress(stageTexts[stage]),
  });
  const code = exitCode(result.diagnostics);
  await report(context, result, { command: "generate", exitCode: code, summary: summary(result, code !== 0), changes: result.changes });
  return code;
}

function summary(result: Generation, failed: boolean): string {
  const { changes, unchanged } = result;
  const problems = countProblems(result);
  if (failed) return `${problems}. ${result.diagnostics.some(({ code }) => code === "output/no-access") ? "The run stopped there." : "Nothing was written."}`;
  const count = (action: Generation["changes"][number]["action"]): number => changes.filter((one) => one.action === action).length;
  const counts = ["create", "update", "delete", "keep"] as const;
  const texts = { create: "created", update: "updated", delete: "deleted", keep: "edited by hand and kept" };
  const parts = [...counts.filter((action) => count(action) > 0).map((action) => `${count(action)} ${texts[action]}`), `${unchanged} unchanged`];
  return `Files: ${parts.join(", ")}.${problems === "" ? "" : ` ${problems}.`}`;
}
