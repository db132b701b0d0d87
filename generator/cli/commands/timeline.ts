import { formatDiagnostics } from "../../diagnostics/format.ts";
import { changeLine, plain } from "../../plan/format/text.ts";
import { reportedLine } from "../../plan/report.ts";
import { timeline, type Timeline } from "../../timeline.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT, exitCode } from "../exit-code.ts";
import { runGit } from "../git.ts";

const DEFAULT_SPEC = "specs";

/** `timeline NAME [SPEC]`: what changed about an object or column, in which commit, of which class. */
export async function run({ host, terminal, options, positionals }: CommandContext): Promise<number> {
  const [name = "", folder = DEFAULT_SPEC] = positionals;
  const told = await timeline({ root: host.resolve(folder), git: runGit, name });
  if (told.problem !== null) {
    terminal.print(formatDiagnostics([told.problem], [], { format: options.format === "json" ? "json" : "text", color: terminal.color, folder }));
    return exitCode([told.problem]);
  }
  terminal.print(options.format === "json" ? `${JSON.stringify(dataOf(name, told), null, 2)}\n` : textOf(name, told));
  return told.entries.length === 0 ? EXIT.invalid : EXIT.clean;
}

function textOf(name: string, { entries, skipped, shallow }: Timeline): string {
  const lines = entries.map(({ commit, changes }) => {
    const head = `${commit.date.slice(0, 10)} ${commit.id.slice(0, 10)} ${plain(commit.author)}: ${plain(commit.subject)}\n`;
    return `${head}${changes.map((one) => `  ${one.worst.replace("_", "-")} ${one.rule}: ${changeLine(reportedLine(one))}\n`).join("")}`;
  });
  const passed = skipped.map(({ id, subject }) => `${id.slice(0, 10)} ${plain(subject)}: its specs do not compile; what it changed is told with the next commit.\n`);
  const notes = [...passed, ...(shallow ? ["This clone is shallow: its first commit is told as if all began there. For the rest: git fetch --unshallow.\n"] : [])];
  return `${entries.length === 0 ? `No commit of this branch changed anything called '${plain(name)}'.\n` : lines.join("\n")}${notes.length === 0 ? "" : `\n${notes.join("")}`}`;
}

function dataOf(name: string, { entries, skipped, shallow }: Timeline): object {
  const commits = entries.map(({ commit, changes }) => ({ ...commit, changes: changes.map((one) => ({ ...reportedLine(one), rule: one.rule, class: one.worst, classes: one.classes })) }));
  return { format_version: 1, command: "timeline", name, commits, skipped, shallow };
}
