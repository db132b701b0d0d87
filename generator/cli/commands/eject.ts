import { changeOwner } from "../../ownership.ts";
import type { CommandContext } from "../commands.ts";
import { exitCode } from "../exit-code.ts";
import { report } from "../report.ts";

/** `eject PATH`: hands a generated file to the user. */
export async function run(context: CommandContext): Promise<number> {
  const { host, options, positionals } = context;
  const path = (positionals[0] ?? "").replaceAll("\\", "/").replace(/^(\.\/)+/, "");
  const problem = changeOwner(host, host.resolve(options.out ?? "."), path, "ejected");
  const diagnostics = problem === null ? [] : [problem];
  const code = exitCode(diagnostics);
  const summary = problem === null ? `'${path}' is yours now: generate leaves it alone.` : "Nothing was changed.";
  await report(context, { diagnostics, documents: [] }, { command: "eject", exitCode: code, summary, changes: [] });
  return code;
}
