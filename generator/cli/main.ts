import { nodeHost } from "../host.ts";
import { runCli } from "./run.ts";
import { processTerminal } from "./terminal.ts";

const terminal = processTerminal();

// A bundle of CommonJS, which starts faster than a module does, knows no await at the top.
void runCli(process.argv.slice(2), { host: nodeHost(__dirname), terminal }).then(terminal.leave);
