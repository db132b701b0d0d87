import { describe, expect, it } from "vitest";
import { compiled } from "../compiled.ts";

const contract = `
contract:
  name: feed.events
  primary_key: [id]
  history: append_only
  schema: [{column: id, type: integer}]
`;

async function dag(pipeline: string, settings = ""): Promise<string> {
  const files = await compiled(`settings: {project: feed, timezone: UTC${settings}}\n${contract}\npipeline:\n  name: daily\n${pipeline}`);
  return files.get("airflow/dags/daily.py") ?? "";
}

describe("the DAG of a pipeline", () => {
  it("loads files, then builds layer by layer, then tests what is published", async () => {
    const text = await dag("  extract: {source_system: feed, connection: 'files:a.csv'}\n");
    expect(text).toContain('exec "${DLT_PYTHON:-python}" extract/daily.py');
    expect(text).toContain('staging = dbt("staging", "build --select path:models/staging,tag:daily")');
    expect(text).toContain("chain(load_files, staging, quality_gate, docs)");
    expect(text).not.toContain("source_freshness");
  });

  it("checks freshness of the tables that have a load time and an SLA", async () => {
    const files = await compiled(`settings: {project: feed, timezone: UTC}\n${contract}  sla: {freshness_hours: 24}\npipeline: {name: daily, extract: {source_system: feed, connection: "files:a.csv"}}`);
    expect(files.get("airflow/dags/daily.py")).toContain('"source freshness --select source:feed.events"');
  });

  it("does not extract what others load", async () => {
    expect(await dag("  extract: {source_system: feed}\n")).not.toContain("load_files");
  });

  it("stops at the first failure where the pipeline asks for it, and retries with growing waits else", async () => {
    expect(await dag("  extract: {source_system: feed}\n  error_handling: {strategy: fail-fast, max_retries: 3}\n")).toMatch(/"retries": 0,\n\s+"execution_timeout"/);
    const retried = await dag("  extract: {source_system: feed}\n  error_handling: {strategy: retry, max_retries: 3, retry_delay_seconds: 30}\n");
    expect(retried).toContain('"retry_delay": timedelta(seconds=30)');
    expect(retried).toContain('"retry_exponential_backoff": 2.0');
  });

  it("tells dbt the moment a run stands for only where settings ask for it", async () => {
    const pipeline = "  extract: {source_system: feed}\n";
    expect(await dag(pipeline)).not.toContain("DBT_VARS");
    expect(await dag(pipeline, ", as_of_run: logical_date")).toContain("--vars \"$DBT_VARS\"'");
  });

  it("takes the first day of a backfill only where a fact reads a window", async () => {
    const spec = (load: string): string => `settings: {project: feed, timezone: UTC}\ncontract: {name: feed.events, primary_key: [id], history: append_only, loaded_at: at, schema: [{column: id, type: integer}, {column: at, type: timestamp}]}\nfact_table: {name: events, grain: event, source: feed.events, degenerate_dimensions: [id], measures: [], fact_type: factless, load: ${load}}\npipeline: {name: daily, extract: {source_system: feed}}`;
    const found = async (load: string) => (await compiled(spec(load))).get("airflow/dags/daily.py") ?? "";
    expect(await found("{strategy: merge, lookback: 2 days}")).toContain('DBT_VARS = """{{ {"backfill_from": params.backfill_from} | tojson }}"""');
    expect(await found("{strategy: merge}")).not.toContain("backfill_from");
  });

  it("shares one slot where the warehouse takes one writer", async () => {
    const spec = `settings: {project: feed, timezone: UTC}\n${contract}\npipeline: {name: daily, extract: {source_system: feed}}`;
    const duckdb = await compiled(spec);
    expect(JSON.parse(duckdb.get("airflow/pools.json") ?? "")).toMatchObject({ feed_warehouse: { slots: 1 } });
    expect(duckdb.get("airflow/dags/daily.py")).toContain('"pool": "feed_warehouse"');
    const postgres = await compiled(spec, "postgres");
    expect([...postgres.keys()]).not.toContain("airflow/pools.json");
    expect(postgres.get("airflow/dags/daily.py")).not.toContain('"pool"');
  });

  it("has its failures told only where channels are named", async () => {
    const text = await dag("  extract: {source_system: feed}\n  error_handling: {alert_channels: ['slack:#a']}\n");
    expect(text).toContain("from pipeline_alerts import alert");
    expect(text).toContain('"on_failure_callback": alert(["slack:#a"])');
    expect(await dag("  extract: {source_system: feed}\n")).not.toContain("alert");
  });

  it("puts tasks that are written by hand where the spec says, each in a file of its own that is the user's", async () => {
    const files = await compiled(`settings: {project: feed, timezone: UTC}\n${contract}\npipeline: {name: daily, extract: {source_system: feed, connection: "files:a.csv"}, tasks: [{name: fetch, before: load_files}, {name: tell, after: quality_gate}, {name: tell_more, after: quality_gate}]}`);
    const text = files.get("airflow/dags/daily.py") ?? "";
    expect(text).toContain("from daily__fetch import make_task as make_fetch\nfrom daily__tell import");
    expect(text).toContain('fetch_task = make_fetch("fetch")\n        load_files = ');
    expect(text.replace(/\s+/g, "")).toContain("chain(fetch_task,load_files,staging,quality_gate,tell_task,tell_more_task,docs");
    expect(files.get("airflow/dags/daily__tell.py")).toContain("def make_task(task_id: str) -> BaseOperator:");
  });

  it("prints no line longer than 88 columns, however long the texts are", async () => {
    const text = await dag(`  description: ${"A long sentence about data. ".repeat(30)}\n  extract: {source_system: feed}\n  quality_gates: {pre_load: [${"words ".repeat(40)}]}\n`);
    expect(text.split("\n").filter((line) => line.length > 88)).toEqual([]);
  });
});
