import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";

/** A row as text, so that rows of different engines can be compared. */
export type Row = Readonly<Record<string, string | null>>;

/** Asks a warehouse; every value comes back as the engine's own text. */
export interface Warehouse {
  readonly query: (sql: string) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/** Opens a DuckDB file, for reading unless it is to be changed. */
export async function openDuckdb(file: string, writable = false): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(file, writable || file === ":memory:" ? {} : { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  return {
    async query(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson().map(asText);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Connects to a PostgreSQL server. */
export async function openPostgres(server: { readonly host: string; readonly port: number; readonly user: string; readonly password: string; readonly database: string }): Promise<Warehouse> {
  const client = new Client({ ...server, types: { getTypeParser: () => (value: string | Buffer) => String(value) } });
  await client.connect();
  await client.query("set time zone 'UTC'");
  return {
    async query(sql) {
      const result = await client.query<Record<string, unknown>>(sql);
      return result.rows.map(asText);
    },
    close: () => client.end(),
  };
}

/** All rows of all tables and views outside the raw and internal schemas, sorted, by `schema.table`. */
export async function contents(warehouse: Warehouse): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await warehouse.query(
    "select table_schema, table_name from information_schema.tables where table_schema not in ('information_schema', 'pg_catalog') and table_schema not like '%raw_%' and table_schema not like '%_staging' and table_schema not like '%dbt_test__audit%' and table_name not like '\\_dlt%' escape '\\' order by 1, 2",
  );
  const found = new Map<string, readonly string[]>();
  for (const table of tables) {
    const name = `${table["table_schema"]}.${table["table_name"]}`;
    const rows = await warehouse.query(`select * from "${table["table_schema"]}"."${table["table_name"]}"`);
    found.set(name, rows.map((row) => JSON.stringify(row)).sort());
  }
  return found;
}

function asText(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : typeof value === "object" ? JSON.stringify(value) : String(value)]));
}
