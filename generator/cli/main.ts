import { nodeHost } from "../host.ts";
import { growHeapSlowly } from "./heap.ts";
import { runCli } from "./run.ts";
import { processTerminal } from "./terminal.ts";

growHeapSlowly();
process.exitCode = await runCli(process.argv.slice(2), { host: nodeHost(), terminal: processTerminal() });
