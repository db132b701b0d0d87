import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import { root } from "../../scripts/toolchain.mjs";
import { startEngine } from "../support/engines.ts";
import { generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import type { Row } from "../support/warehouse.ts";
import { landing, tables } from "./landing.ts";
import type { Streams } from "./landing.ts";
import { startSession } from "./session.ts";
import { runInstant } from "./sources.ts";

/** A generated warehouse with the sources of many streams, built load by load by the real dbt. */
export interface TestedWarehouse {
  readonly project: Project;
  /** Brings one load into the source tables. */
  readonly bring: (streams: Streams, load: number) => Promise<void>;
  /** Runs dbt as the run of a load; throws with dbt's words where it fails. */
  readonly build: (load: number, options?: readonly string[], more?: Readonly<Record<string, string>>) => Promise<void>;
  /** Runs these tests of the generated project after the run of a load; tells what they warn of. */
  readonly warnings: (load: number, tests: readonly string[]) => Promise<readonly string[]>;
  /** Asks the warehouse, which is closed to everybody else in the meantime. */
  readonly read: <Answer>(ask: (query: (sql: string) => Promise<readonly Row[]>) => Promise<Answer>) => Promise<Answer>;
  /** Kills dbt in the middle of the run of a load, without warning, as a machine that dies would. */
  readonly kill: (load: number, milliseconds: number) => Promise<void>;
  /** Runs these nodes alone, tests among them; tells whether all went well. */
  readonly succeeds: (load: number, nodes: readonly string[]) => Promise<boolean>;
  /** Runs dbt twice at once as the run of a load; tells which of the two went well. */
  readonly buildTwice: (load: number) => Promise<readonly boolean[]>;
  readonly run: (statements: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A machine on which it is another time, and in whose language years are counted otherwise. */
const MACHINE = { TZ: "America/St_Johns", LANG: "th_TH.UTF-8", LC_ALL: "th_TH.UTF-8" } as const;

/** Compiles the specs beside. `edit` may change the generated project, `extra` the environment that dbt runs in; `language` says how a database sorts and lowers texts. */
export async function startWarehouse(name: "duckdb" | "postgres", edit: (project: Project) => void = () => {}, extra: Project["environment"] = {}, language?: string): Promise<TestedWarehouse> {
  const engine = await startEngine(name);
  const environment = { ...MACHINE, ...(await engine.environment("oracle", language)), ...extra };
  const project = generateProject(join(root, "test", "oracle", "warehouse"), name, environment);
  if (name === "duckdb") replaceIn(project, "dbt/profiles.yml", "TimeZone: UTC", "TimeZone: \"{{ var('session_zone', 'UTC') }}\"");
  edit(project);
  const run = name === "duckdb" ? onDuckdb(join(project.folder, "warehouse.duckdb")) : onPostgres(environment);
  await run(tables());
  let session = startSession(project);
  const went = (invoked: Promise<unknown>) => invoked.then(() => true, () => false);
  return {
    project,
    bring: (streams, load) => run(landing(streams, load)),
    build: async (load, options = [], more = {}) => void (await session.invoke([...command(load, more), ...options])),
    warnings: (load, tests) => session.invoke(["test", ...variables(load), "--select", ...tests]),
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
    succeeds: (load, nodes) => went(session.invoke(["build", "--indirect-selection", "empty", ...variables(load), "--select", ...nodes])),
    async buildTwice(load) {
      const second = startSession(project);
      await second.invoke(["parse"]);
      const outcomes = await Promise.all([session, second].map((one) => went(one.invoke(command(load)))));
      await second.stop();
      return outcomes;
    },
    run,
    async stop() {
      await session.stop();
      await engine.stop();
      rmSync(project.folder, { recursive: true, force: true });
    },
  };
}

/** Compiles the specs again into the same project, pieces of one of them replaced. */
export function respecify(project: Project, warehouse: "duckdb" | "postgres", file: string, pieces: readonly (readonly [from: string, to: string])[]): void {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-oracle-"));
  cpSync(join(root, "test", "oracle", "warehouse"), folder, { recursive: true });
  for (const [from, to] of pieces) replaceIn({ ...project, folder }, file, from, to);
  execFileSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "generate", folder, "--out", project.folder, "--warehouse", warehouse], { stdio: ["ignore", "ignore", "inherit"] });
  rmSync(folder, { recursive: true });
}

/** Every run works in another time zone, where its engine takes one from the profile. */
function variables(load: number, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const session_zone = ["Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu"][load % 3] ?? "UTC";
  return ["--vars", JSON.stringify({ as_of_run: runInstant(load), session_zone, ...more })];
}

function command(load: number, more: Readonly<Record<string, string>> = {}): readonly string[] {
  return ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", ...variables(load, more)];
}

/** Puts a copy of a generated model with a fault beside it; it is built with all others, into a table of its own. */
export function plantBeside(project: Project, file: string, copy: string, from: string, to: string): void {
  const path = join(project.folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}:\n${text}`);
  writeFileSync(join(dirname(path), `${copy}.sql`), text.replaceAll(from, to));
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
