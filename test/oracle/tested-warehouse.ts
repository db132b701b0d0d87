import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { startEngine } from "../support/engines.ts";
import { generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import type { Row } from "../support/warehouse.ts";
import { landing, tables } from "./landing.ts";
import type { Streams } from "./landing.ts";
import { runInstant } from "./sources.ts";

/** A generated warehouse with the sources of many streams, built load by load by the real dbt. */
export interface TestedWarehouse {
  readonly project: Project;
  /** Brings one load into the source tables. */
  readonly bring: (streams: Streams, load: number) => Promise<void>;
  /** Runs dbt as the run of a load; throws with dbt's words where it fails. */
  readonly build: (load: number, options?: readonly string[]) => Promise<void>;
  /** Asks the warehouse, which is closed to everybody else in the meantime. */
  readonly read: <Answer>(ask: (query: (sql: string) => Promise<readonly Row[]>) => Promise<Answer>) => Promise<Answer>;
  /** Kills dbt in the middle of the run of a load, without warning, as a machine that dies would. */
  readonly kill: (load: number, milliseconds: number) => Promise<void>;
  readonly run: (statements: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Compiles the specs beside. `edit` may change the generated project, `extra` the environment that dbt runs in. */
export async function startWarehouse(name: "duckdb" | "postgres", edit: (project: Project) => void = () => {}, extra: Project["environment"] = {}): Promise<TestedWarehouse> {
  const engine = await startEngine(name);
  const environment = { ...(await engine.environment("oracle")), ...extra };
  const project = generateProject(join(root, "test", "oracle", "warehouse"), name, environment);
  edit(project);
  const run = name === "duckdb" ? onDuckdb(join(project.folder, "warehouse.duckdb")) : onPostgres(environment);
  await run(tables());
  let session = startSession(project);
  const command = (load: number) => ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", "--vars", JSON.stringify({ as_of_run: runInstant(load) })];
  return {
    project,
    bring: (streams, load) => run(landing(streams, load)),
    build: (load, options = []) => session.invoke([...command(load), ...options]),
    async kill(load, milliseconds) {
      const interrupted = session.invoke(command(load)).then(() => "done", () => "killed");
      await new Promise((done) => setTimeout(done, milliseconds));
      await session.kill();
      await interrupted;
      session = startSession(project);
    },
    async read(ask) {
      const warehouse = await engine.open(project);
      try {
        return await ask(warehouse.query);
      } finally {
        await warehouse.close();
      }
    },
    run,
    async stop() {
      await session.stop();
      await engine.stop();
      rmSync(project.folder, { recursive: true, force: true });
    },
  };
}

/** Replaces a piece of text in one generated file; throws where it does not occur, so that no test edits nothing. Returns what undoes it. */
export function replaceIn(project: Project, file: string, from: string, to: string): () => void {
  const path = join(project.folder, file);
  const before = readFileSync(path, "utf8");
  if (!before.includes(from)) throw new Error(`${file} does not hold ${from}:\n${before}`);
  writeFileSync(path, before.replaceAll(from, to));
  return () => writeFileSync(path, before);
}

type Run = (statements: readonly string[]) => Promise<void>;

function onDuckdb(file: string): Run {
  return async (statements) => {
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    try {
      await connection.run("set TimeZone = 'UTC'; begin");
      for (const statement of statements) await connection.run(statement);
      await connection.run("commit");
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
}

function onPostgres(environment: Project["environment"]): Run {
  return async (statements) => {
    const of = (name: string) => environment[`ORACLE_PG_${name}`];
    const client = new Client({ host: of("HOST"), port: Number(of("PORT")), user: of("USER"), password: of("PASSWORD"), database: of("DBNAME") });
    await client.connect();
    try {
      await client.query(`begin;\n${statements.join(";\n")};\ncommit`);
    } finally {
      await client.end();
    }
  };
}

/** One process that runs dbt commands one after the other: loading dbt takes longer than a command. */
function startSession(project: Project): { readonly invoke: (args: readonly string[]) => Promise<void>; readonly stop: () => Promise<void>; readonly kill: () => Promise<void> } {
  const folder = join(project.folder, "dbt");
  const child = spawn(join(ensurePython("dbt"), "python"), [join(root, "test", "oracle", "long_session.py")], { cwd: folder, env: { ...process.env, ...project.environment, DBT_PROFILES_DIR: folder }, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((done) => child.on("exit", () => done()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async invoke(args) {
      child.stdin.write(`${JSON.stringify(args)}\n`);
      const said: string[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`dbt ended:\n${said.join("\n")}`);
        if (!value.startsWith("@report ")) said.push(value);
        else return checkReport(value.slice(8), said);
      }
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function checkReport(text: string, said: readonly string[]): void {
  const report: { readonly success: boolean; readonly exception: string; readonly failed: readonly string[] } = JSON.parse(text);
  if (!report.success) throw new Error(`dbt failed:\n${[report.exception, ...report.failed, ...said.slice(-40)].filter((line) => line !== "").join("\n")}`);
}
