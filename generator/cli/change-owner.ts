import { changeOwner } from "../ownership.ts";
import type { CommandContext } from "./commands.ts";
import { exitCode } from "./exit-code.ts";
import { report } from "./report.ts";

/** What a command makes of the file that it names. */
interface Change {
  readonly command: "adopt" | "eject";
  readonly owner: Parameters<typeof changeOwner>[3];
  readonly done: (path: string) => string;
}

/** Gives the file that the command line names another owner, and says so. Answers with the exit code. */
export async function changeOwnerOf(context: CommandContext, { command, owner, done }: Change): Promise<number> {
  const { host, options, positionals } = context;
  const path = (positionals[0] ?? "").replaceAll("\\", "/").replace(/^(\.\/)+/, "");
  const outcome = changeOwner(host, host.resolve(options.out ?? "."), path, owner);
  const diagnostics = typeof outcome === "string" ? [] : [outcome];
  const code = exitCode(diagnostics);
  const summary = outcome === "changed" ? done(path) : outcome === "unchanged" ? `'${path}' is ${owner} already: nothing was changed.` : "Nothing was changed.";
  await report(context, { diagnostics, documents: [] }, { command, exitCode: code, summary, changes: [] });
  return code;
}
