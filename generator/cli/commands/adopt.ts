import { changeOwner } from "../../ownership.ts";
import type { CommandContext } from "../commands.ts";
import { exitCode } from "../exit-code.ts";
import { report } from "../report.ts";

/** `adopt PATH`: gives an ejected file back. */
export async function run(context: CommandContext): Promise<number> {
  const { host, options, positionals } = context;
  const path = (positionals[0] ?? "").replaceAll("\\", "/").replace(/^(\.\/)+/, "");
  const problem = changeOwner(host, host.resolve(options.out ?? "."), path, "generated");
  const diagnostics = problem === null ? [] : [problem];
  const code = exitCode(diagnostics);
  const summary = problem === null ? `'${path}' is generated again: the next generate merges your text with ours.` : "Nothing was changed.";
  await report(context, { diagnostics, documents: [] }, { command: "adopt", exitCode: code, summary, changes: [] });
  return code;
}
