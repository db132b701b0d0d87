import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { generate, nodeHost } from "../../generator/index.ts";
import type { Finding } from "../../generator/cli/verify/report.ts";
import { playDays, sampleDays } from "../../generator/cli/verify/steps.ts";
import { sweeps } from "../oracle/sweep.ts";
import { sampleData } from "../../generator/verify/sample/sample.ts";

const environment = { DBT_BIN: join(ensurePython("dbt"), "dbt"), AIRFLOW_BIN: join(ensurePython("airflow"), "airflow") };

interface Report {
  readonly summary: string;
  readonly checks: readonly (Omit<Finding, "broken"> & { readonly holds: boolean })[];
}

/** The minimal specs, their files in windows-1252. */
const latin = mkdtempSync(join(tmpdir(), "dps-gen-latin-"));
cpSync(join(root, "fixtures", "minimal"), latin, { recursive: true });
const pipeline = readFileSync(join(latin, "pipeline.yaml"), "utf8");
writeFileSync(join(latin, "pipeline.yaml"), pipeline.replace("strategy: full\n", "strategy: full\n    encoding: latin-1\n"));

function verify(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const run = spawnSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "verify", ...args], { cwd: root, encoding: "utf8", env: { ...process.env, ...environment } });
  return { status: run.status, output: run.stdout + run.stderr };
}

describe("dps-gen verify", () => {
  it("proves the shop on days of made-up data, and imports its DAG", () => {
    const { status, output } = verify("fixtures/shop", "--days", "2", "--rows", "25", "--format", "json");
    expect(output).toContain('"command": "verify"');
    const report: Report = JSON.parse(output);
    expect(report.checks.filter((one) => !one.holds)).toEqual([]);
    expect(status).toBe(0);
    expect([...new Set(report.checks.map((one) => one.id))]).toEqual(["D1", "D12", "D2", "D3", "D4", "D6", "D10", "D11", "D7", "D8", "D9", "F1", "F2", "F3", "F7", "D13", "DAG"]);
    expect(report.checks.filter((one) => one.rows < 3 && one.id !== "DAG").map((one) => one.subject)).toEqual([]);
  });

  it.each(sweeps ? [["ledger", "2"], ["loads", "3"]] : [["loads", "2"]])("proves loads that grow, and in sweeps snapshots of periods and processes and days of another zone: the %s, %s days", (fixture, days) => {
    const { status, output } = verify(`fixtures/${fixture}`, "--days", days, "--rows", "12", "--format", "json");
    const report: Report = JSON.parse(output);
    expect(report.checks.filter((one) => !one.holds)).toEqual([]);
    expect(status).toBe(0);
  });

  it("takes the user's own files, however their text is written, and shows the rows that break a promise", async () => {
    const data = mkdtempSync(join(tmpdir(), "dps-gen-own-"));
    mkdirSync(join(data, "2026-03-02"));
    writeFileSync(join(data, "2026-03-02", "customers.csv"), "\uFEFFid,name,city\n1,Åse,Tromsø\n2,,Bergen\n", "utf16le");
    writeFileSync(join(data, "2026-03-02", "sales.csv"), "sale_id,sold_at,customer_id,title,quantity,price\n1,2026-03-02 10:00:00,1,Blåmyra,1,10.00\n", "latin1");
    mkdirSync(join(data, "out"));
    writeFileSync(join(data, "out", "warehouse.duckdb"), "the user's own");
    const { status, output } = verify(latin, "--data", data, "--out", join(data, "out"));
    expect(output).toMatch(/dbt .*customers.*not_null.*\n.*message: fail: Got 1 result/);
    expect(status).toBe(7);
    expect(readFileSync(join(data, "out", "warehouse.duckdb"), "utf8")).toBe("the user's own");
    const warehouse = await (await DuckDBInstance.create(join(data, "out", "verify.duckdb"))).connect();
    const landed = await warehouse.runAndReadAll("select city, title, customers._source from raw_till.customers, raw_till.sales where id = customer_id");
    expect(landed.getRowsJson()).toEqual([["Tromsø", "Blåmyra", expect.stringMatching(/customers\.csv$/)]]);
    warehouse.closeSync();
    rmSync(data, { recursive: true });
  });

  it("says where a file of the user's is not written as the pipeline says", () => {
    const data = mkdtempSync(join(tmpdir(), "dps-gen-own-"));
    writeFileSync(join(data, "customers.csv"), Buffer.from("id,name,city\n1,Anna,\x81\n", "latin1"));
    const { status, output } = verify(latin, "--data", data);
    expect(output).toMatch(/customers\.csv:2: the bytes 81 are not windows-1252; extract\.encoding of the pipeline says/);
    expect(status).not.toBe(0);
    rmSync(data, { recursive: true });
  });

  it("says which file names it looks for where there are none", () => {
    const data = mkdtempSync(join(tmpdir(), "dps-gen-own-"));
    const { status, output } = verify("fixtures/minimal", "--data", data);
    expect(output).toContain("customers.csv");
    expect(status).toBe(1);
  });
});

/** One bug of each class, planted in the generated project: file, text, replacement, and the check that must see it. */
const bugs = [
  ["models/intermediate/sales/int_product_versioned.sql", "change_id desc", "change_id asc", "D9 dim_product"],
  ["models/intermediate/sales/int_product_versioned.sql", "where previous_hash is distinct from version_hash", "where true", "D10 dim_product"],
  ["models/intermediate/sales/int_product_versioned.sql", "order by event_is_delete asc, event_effective_at desc", "order by event_effective_at asc", "D7 dim_product"],
  ["models/intermediate/sales/int_customer_joined.sql", "where customer_id is not null", "where customer_id is not null and customer_id % 5 <> 0", "D7 dim_customer"],
  ["models/marts/sales/dim_store.sql", "'-2' as store_key", "'-3' as store_key", "D12 dim_store"],
  ["models/marts/sales/fct_order_lines.sql", "\n        and order_lines.ordered_at >= customer.valid_from", "", "F1 fct_order_lines"],
  ["models/marts/sales/fct_order_lines.sql", "order_lines.ordered_at >= product.valid_from", "order_lines.ordered_at > product.valid_from + interval '1 day'", "F3 fct_order_lines"],
  ["models/marts/sales/fct_orders.sql", "sum(order_lines.quantity)", "sum(order_lines.quantity + floor(random() * 1000))", "D13 fct_orders"],
  ["models/reports/sales/mrt_sales_daily.sql", "sum(order_lines.quantity)", "max(order_lines.quantity)", "F7 mrt_sales_daily"],
] as const;

it("lets the project's own unit tests stop a version that ends a moment too late", async () => {
  const { design, scratch, plant } = await planted("minimal");
  plant("models/marts/core/fct_sales.sql", "sales.sold_at < customer.valid_to", "sales.sold_at <= customer.valid_to");
  const { days } = sampleData(design.model, { seed: 1, rows: 10, days: 1 });
  const findings = playDays({ design, scratch, days: sampleDays(days, design), say: () => undefined });
  expect(findings.flatMap((one) => (one.broken === undefined ? [] : [one.subject])).join(" ")).toContain("fct_sales_looks_up_and_computes");
});

it("sees every class of bug that is planted in the generated SQL", async () => {
  const { design, scratch, plant } = await planted("shop");
  for (const [path, text, replacement] of bugs) plant(path, text, replacement);
  // No bug: an inexact sum comes out with other last digits.
  plant("models/reports/sales/mrt_sales_daily.sql", "cast(sum(order_lines.sales_amount) as decimal(38, 2))", "cast(sum(order_lines.sales_amount) as double) * (1 + 3e-16 * floor(random() * 4))");
  // Without the project's own tests, which would stop the build first.
  for (const path of ["staging/shop/_stg_shop__unit_tests", "intermediate/sales/_int_sales__models", "intermediate/sales/_int_sales__unit_tests", "marts/sales/_sales__models", "marts/sales/_sales__unit_tests", "reports/sales/_sales__reports"]) rmSync(join(scratch.folder, "dbt", "models", `${path}.yml`));
  const { days } = sampleData(design.model, { seed: 1, rows: 60, days: 2 });
  const findings = playDays({ design, scratch, days: sampleDays(days, design), say: () => undefined });
  const seen = new Set(findings.flatMap((one) => (one.broken === undefined ? [] : [`${one.id} ${one.subject}`])));
  for (const [, , , check] of bugs) expect([...seen], check).toContain(check);
  expect([...seen]).not.toContain("D13 mrt_sales_daily");
});

/** The project of a fixture in a scratch folder, to plant bugs in. */
async function planted(fixture: "shop" | "minimal") {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-bugs-"));
  const { design } = await generate({ host: nodeHost(), root: join(root, "fixtures", fixture), out: folder, warehouse: "duckdb" });
  if (design === null) throw new Error(`${fixture} does not compile`);
  const bin = ensurePython("dbt");
  const scratch = { folder, tools: { bin, python: join(bin, "python") }, environment: { [`${fixture === "shop" ? "SHOP" : "BOOKSHOP"}_DUCKDB_PATH`]: join(folder, "verify.duckdb"), DBT_TARGET: "local", PII_SALT: "verify" } };
  const plant = (path: string, text: string, replacement: string): void => {
    const file = join(folder, "dbt", path);
    const before = readFileSync(file, "utf8");
    expect(before, path).toContain(text);
    writeFileSync(file, before.replace(text, replacement));
  };
  return { design, scratch, plant };
}
