import { hasErrors } from "../../diagnostics/define.ts";
import type { Generation } from "../../generate.ts";
import { changeLine } from "../../plan/format/text.ts";
import { reportedLine } from "../../plan/report.ts";
import { watchedRuns, type WatchedRun } from "../../watching.ts";
import { cacheOf } from "../caches.ts";
import type { CommandContext } from "../commands.ts";
import { exitCode } from "../exit-code.ts";
import { runGit } from "../git.ts";
import { growHeapSlowly } from "../heap.ts";
import { countProblems, failure, plural, report } from "../report.ts";
import { watchFolders } from "../watch-folders.ts";

const LISTED = 20;
const WAITING = "Waiting for the next save.";

/** How long nothing must be saved before a run starts: editors write a file in several steps. */
const QUIET_MILLISECONDS = 100;

/** `watch SPEC`: generates, and again whenever a spec is saved, until it is interrupted; says what each save changed. */
export async function run(context: CommandContext): Promise<number> {
  const { host, options, positionals } = context;
  const root = host.resolve(positionals[0] ?? "");
  const next = watchedRuns({ host, root, warehouse: options.warehouse, out: host.resolve(options.out ?? "."), git: runGit, onFiles: growHeapSlowly, ...cacheOf(options) });
  const once = async (): Promise<void> => {
    const { generation, planned } = await next();
    const { diagnostics, changes } = generation;
    await report(context, generation, { command: "watch", exitCode: exitCode(diagnostics), summary: summary(generation, planned.map(meaning)), changes });
  };
  const saved = saves(root);
  await once();
  for await (const _ of saved) await once();
  return 0;
}

/** What a save changed in the meaning of the specs. */
function meaning(change: WatchedRun["planned"][number]): string {
  return `  ${change.worst.replace("_", "-")} ${change.rule}: ${changeLine(reportedLine(change))}`;
}

function summary(result: Generation, lines: readonly string[]): string {
  if (hasErrors(result.diagnostics)) return `${failure(result)} ${WAITING}`;
  const problems = countProblems(result);
  const files = result.changes.map(({ action, path }) => `  ${action} ${path}`);
  const shown = [...cut(lines), ...cut(files)];
  const told = `${problems === "" ? "" : `${problems}. `}${plural(files.length, "file")} changed, ${result.unchanged} unchanged. ${WAITING}`;
  return [...shown, told].join("\n");
}

function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= LISTED ? lines : [...lines.slice(0, LISTED), `  … and ${lines.length - LISTED} more`];
}

/** A tick for each time that spec files were saved and a moment has passed. Saves during a run count for the next one. */
function saves(root: string): AsyncGenerator<true> {
  let due = false;
  let wake = (): void => undefined;
  watchFolders(root, () => {
    due = true;
    wake();
  });
  return (async function* (): AsyncGenerator<true> {
    while (true) {
      if (!due) await new Promise<void>((resolve) => (wake = resolve));
      due = false;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));
      if (!due) yield true;
    }
  })();
}
