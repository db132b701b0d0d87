import { watch } from "node:fs/promises";
import { compile } from "../../compile.ts";
import { generate, type Generation } from "../../generate.ts";
import { changeLine } from "../../plan/format/text.ts";
import { planChanges } from "../../plan/plan.ts";
import { reportedLine } from "../../plan/report.ts";
import type { Design } from "../../rules/types.ts";
import { cacheOf } from "../caches.ts";
import type { CommandContext } from "../commands.ts";
import { exitCode } from "../exit-code.ts";
import { runGit } from "../git.ts";
import { growHeapSlowly } from "../heap.ts";
import { countProblems, plural, report } from "../report.ts";

const LISTED = 20;

/** How long nothing must be saved before a run starts: editors write a file in several steps. */
const QUIET_MILLISECONDS = 100;

/** `watch SPEC`: generates, and again whenever a spec is saved, until it is interrupted; says what each save changed. */
export async function run(context: CommandContext): Promise<number> {
  const { host, options, positionals } = context;
  const specs = { host, root: host.resolve(positionals[0] ?? ""), warehouse: options.warehouse };
  let last: Design | null = (await compile({ ...specs, until: "decide" })).design;
  const once = async (): Promise<void> => {
    const result = await generate({ ...specs, out: host.resolve(options.out ?? "."), git: runGit, whole: true, onFiles: growHeapSlowly, ...cacheOf(options) });
    const lines = last === null || result.design === null ? [] : meaning(last, result.design);
    await report(context, result, { command: "watch", exitCode: exitCode(result.diagnostics), summary: summary(result, lines), changes: result.changes });
    if (exitCode(result.diagnostics) === 0) last = result.design ?? last;
  };
  const saved = saves(specs.root);
  await once();
  for await (const _ of saved) await once();
  return 0;
}

/** What a save changed in the meaning of the specs, a line each, the gravest first. */
function meaning(before: Design, after: Design): readonly string[] {
  return planChanges(before.model, after.model, after.dialect).map((one) => `  ${one.worst.replace("_", "-")} ${one.rule}: ${changeLine(reportedLine(one))}`);
}

function summary(result: Generation, lines: readonly string[]): string {
  const problems = countProblems(result);
  const files = result.changes.map(({ action, path }) => `  ${action} ${path}`);
  const shown = [...cut(lines), ...cut(files)];
  const told = `${problems === "" ? "" : `${problems}. `}${plural(files.length, "file")} changed, ${result.unchanged} unchanged. Waiting for the next save.`;
  return [...shown, told].join("\n");
}

function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= LISTED ? lines : [...lines.slice(0, LISTED), `  … and ${lines.length - LISTED} more`];
}

/** A tick for each time that spec files were saved and a moment has passed. Saves during a run count for the next one. */
async function* saves(root: string): AsyncGenerator<true> {
  let due = false;
  let wake = (): void => undefined;
  const listening = (async () => {
    for await (const { filename } of watch(root, { recursive: true })) {
      if (filename === null || !/\.ya?ml$/.test(filename)) continue;
      due = true;
      wake();
    }
  })();
  listening.catch(() => wake());
  while (true) {
    if (!due) await new Promise<void>((resolve) => (wake = resolve));
    if (!due) return;
    due = false;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));
    if (!due) yield true;
  }
}
