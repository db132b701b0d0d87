import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePython, root } from "../../scripts/toolchain.mjs";

/** What a Python script wrote and how it ended; the status is null where it was killed. */
export interface PythonRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a script runs. */
interface PythonTask {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input?: string;
}

const sets = ["dbt", "extract", "lint"] as const;
type Tools = (typeof sets)[number];

/** What a process imports before it is asked for anything; the rest of an import is cheap. */
const imports: Readonly<Record<Tools, readonly string[]>> = {
  dbt: ["dbt.cli.main", "dbt.task.build", "dbt.adapters.duckdb", "dbt.adapters.postgres"],
  lint: ["dbt.cli.main", "dbt.adapters.duckdb", "sqlfluff.cli.commands", "sqlfluff_templater_dbt"],
  extract: ["dlt", "dlt.sources.helpers.requests", "duckdb"],
};

/** Runs a script with one set of tools and waits for its end: in a fork of a process that has them imported, where such processes are. */
export function python(tools: Tools, argv: readonly string[], { cwd, environment, input = "" }: PythonTask): PythonRun {
  const env = { ...process.env, ...environment };
  const socket = process.env[variable(tools)];
  if (socket === undefined) return spawnSync(executable(tools), [...argv], { cwd, env, input, encoding: "utf8", maxBuffer: 1 << 28 });
  const asked = spawnSync(process.execPath, [join(root, "test", "support", "ask.mjs"), socket], { input: JSON.stringify({ argv, cwd, env, input }), encoding: "utf8", maxBuffer: 1 << 28 });
  if (asked.status !== 0 || asked.stdout === "") throw new Error(`no answer from the process that holds ${tools}:\n${asked.stderr}`);
  return JSON.parse(asked.stdout);
}

const started: ChildProcess[] = [];
const sockets: string[] = [];

/** Starts a process per set of tools for the whole test run (Vitest's globalSetup), where processes can be forked. */
export function setup(): void {
  if (process.platform !== "linux") return;
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-python-"));
  sockets.push(folder);
  for (const tools of sets) {
    const socket = join(folder, tools);
    process.env[variable(tools)] = socket;
    started.push(spawn(executable(tools), [join(root, "test", "support", "prefork.py"), socket, ...imports[tools]], { stdio: ["pipe", "ignore", "inherit"] }));
  }
}

/** Ends them (Vitest's globalSetup). */
export function teardown(): void {
  for (const one of started) one.stdin?.end();
  for (const folder of sockets) rmSync(folder, { recursive: true, force: true });
}

function executable(tools: Tools): string {
  return join(ensurePython(tools), "python");
}

function variable(tools: Tools): string {
  return `DPS_GEN_TEST_PYTHON_${tools.toUpperCase()}`;
}
