import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { PGlite } from "@electric-sql/pglite";
import { dialects } from "../../generator/dialects/registry.ts";
import type { Dialect } from "../../generator/dialects/types.ts";

/** A real engine of a dialect: the text of one value, or the message of its error. */
export interface Engine {
  readonly dialect: Dialect;
  readonly value: (sql: string) => Promise<string | null>;
  readonly rows: (sql: string) => Promise<readonly (readonly (string | null)[])[]>;
  readonly run: (sql: string) => Promise<void>;
}

/** An engine for every registered dialect, with a session zone far from UTC, so that whatever depends on it shows. */
export async function openEngines(): Promise<readonly Engine[]> {
  return Promise.all(dialects.map(openEngine));
}

/** The engine of one dialect. */
export async function openEngine(dialect: Dialect): Promise<Engine> {
  const run = await connect(dialect);
  const rows: Engine["rows"] = async (sql) => (await run(sql)).map((row) => row.map((one) => (one === null || one === undefined ? null : String(one))));
  const value: Engine["value"] = async (sql) => (await rows(`select cast((${sql}) as ${dialect.types.string}) as v`))[0]?.[0] ?? null;
  return { dialect, value, rows, run: async (sql) => void (await run(sql)) };
}

async function connect(dialect: Dialect): Promise<(sql: string) => Promise<readonly (readonly unknown[])[]>> {
  switch (dialect.sqlfluff) {
    case "duckdb": {
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      await connection.run("set TimeZone = 'America/New_York'");
      return async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
    }
    case "postgres": {
      const server = await (shared.server ??= startServer());
      const schema = `opened_${shared.opened++}`;
      await server.exec(`create schema ${schema}`);
      return async (sql) => {
        if (shared.schema !== schema) await server.exec(`set search_path to ${schema}`);
        shared.schema = schema;
        return (await server.query<unknown[]>(sql, [], { rowMode: "array", parsers: asWritten })).rows;
      };
    }
    default: throw new Error(`no engine for ${dialect.name}`);
  }
}

/** The one server of this worker, which takes a second to start: each opening has a schema of its own. */
const shared: { server: Promise<PGlite> | null; opened: number; schema: string } = { server: null, opened: 0, schema: "public" };

async function startServer(): Promise<PGlite> {
  const server = await freshServer();
  await server.exec("set timezone = 'America/New_York'; set datestyle = 'ISO, DMY'");
  return server;
}

/** A new database cluster. Making the first one costs seconds; later ones are copies of it, kept in the checkout's cache. */
async function freshServer(): Promise<PGlite> {
  const version = /"@electric-sql\/pglite": "([^"]+)"/.exec(readFileSync("package.json", "utf8"))?.[1] ?? "";
  const copy = `.cache/pglite-${version}.tar`;
  if (existsSync(copy)) return PGlite.create({ loadDataDir: new Blob([readFileSync(copy)]) });
  const server = await PGlite.create();
  const image = await server.dumpDataDir("none");
  mkdirSync(".cache", { recursive: true });
  const draft = `${copy}.${process.pid}.${Math.random()}`;
  writeFileSync(draft, Buffer.from(await image.arrayBuffer()));
  renameSync(draft, copy);
  return server;
}

const written = (text: string): string => text;
const asWritten = { ...Object.fromEntries([20, 21, 23, 25, 114, 700, 701, 1082, 1083, 1114, 1184, 1700, 3802].map((type) => [type, written])), 16: (text: string) => (text === "t" ? "true" : "false") };
