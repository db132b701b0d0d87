import { join } from "node:path";
import { Client } from "pg";
import { startPostgres } from "../../scripts/postgres.mjs";
import type { Environment, Project } from "./project.ts";
import { openDuckdb, openPostgres } from "./warehouse.ts";
import type { Warehouse } from "./warehouse.ts";

/** A real engine that generated projects are built on. */
export interface Engine {
  readonly name: "duckdb" | "postgres";
  /** Environment variables of a project of this name; makes an empty database where one is needed, whose texts are those of a language where the server knows languages. */
  readonly environment: (project: string, language?: string) => Promise<Environment>;
  readonly open: (project: Project) => Promise<Warehouse>;
  /** Runs statements that change the warehouse; nothing else may hold it open. */
  readonly change: (project: Project, statements: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts an engine by name. */
export async function startEngine(name: Engine["name"]): Promise<Engine> {
  return name === "duckdb" ? duckdb() : postgres();
}

function duckdb(): Engine {
  return {
    name: "duckdb",
    environment: async () => ({ ONE_THREAD: "1" }),
    open: (project) => openDuckdb(join(project.folder, "warehouse.duckdb")),
    change: (project, statements) => changed(openDuckdb(join(project.folder, "warehouse.duckdb"), true), statements),
    stop: async () => {},
  };
}

async function postgres(): Promise<Engine> {
  const server = await startPostgres();
  const open = (project: Project): Promise<Warehouse> => openPostgres({ ...server, database: Object.entries(project.environment).find(([key]) => key.endsWith("_PG_DBNAME"))?.[1] ?? "postgres" });
  return {
    name: "postgres",
    async environment(project, language) {
      const client = new Client(server);
      await client.connect();
      const known = language !== undefined && Number.parseInt(server.version, 10) >= 15;
      await client.query(`create database "${project}"${known ? ` template template0 locale_provider icu icu_locale '${language}'` : ""}`);
      await client.end();
      const prefix = project.toUpperCase();
      const settings = { HOST: server.host, PORT: String(server.port), USER: server.user, PASSWORD: server.password, DBNAME: project };
      return { DBT_TARGET: "prod", PII_SALT: "salt of the tests", ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}_PG_${key}`, value])) };
    },
    open,
    change: (project, statements) => changed(open(project), statements),
    stop: () => server.stop(),
  };
}

async function changed(opening: Promise<Warehouse>, statements: readonly string[]): Promise<void> {
  const warehouse = await opening;
  try {
    for (const one of statements) await warehouse.query(one);
  } finally {
    await warehouse.close();
  }
}
