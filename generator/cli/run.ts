import type { Host } from "../host.ts";
import { version } from "../version.ts";
import { parseCall } from "./arguments.ts";
import { EXIT } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one call and answers with its exit code. Nothing is thrown: a crash is printed as a bug of ours. */
export async function runCli(argv: readonly string[], { host, terminal }: { readonly host: Host; readonly terminal: Terminal }): Promise<number> {
  const call = parseCall(argv);
  switch (call.kind) {
    case "version":
      terminal.print(`${version}\n`);
      return EXIT.clean;
    case "help":
      terminal.print((await import("./help.ts")).helpText(call.command));
      return EXIT.clean;
    case "wrong":
      terminal.printError(`dps-gen: ${call.message}\nRun 'dps-gen --help' for all commands and options.\n`);
      return EXIT.invalid;
    case "run":
      try {
        const { run } = await call.command.load();
        return await run({ host, terminal, positionals: call.positionals, options: call.options });
      } catch (error) {
        terminal.progress(null);
        terminal.printError(crashText(error));
        return EXIT.failed;
      }
  }
}

/** What the file system refused is said in a line; anything else is a bug, with the trace that its report needs. */
function crashText(error: unknown): string {
  if (!(error instanceof Error)) return `dps-gen: internal error: ${String(error)}\n`;
  if ("code" in error && "syscall" in error) return `dps-gen: ${error.message}\n`;
  return `dps-gen ${version}: internal error, please report it with the specs that raise it.\n${error.stack ?? error.message}\n`;
}
