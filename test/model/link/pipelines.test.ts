import { describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";

const contracts = `contracts:
  - name: shop.customers
    primary_key: [id]
    updated_at: changed_at
    schema: [{column: id, type: integer}, {column: name, type: string, clean: [upper]}, {column: changed_at, type: timestamp}]
  - name: web.visits
    primary_key: [id]
    history: append_only
    schema: [{column: id, type: integer}, {column: seen_at, type: timestamp}, {column: customer_id, type: integer, references: shop.customers.id}]
`;
const star = `dimensions:
  - {name: customer, source: shop.customers, natural_key: id, attributes: [{name: name}]}
fact_tables:
  - {name: visits, grain_statement: One row per visit, source: web.visits, fact_type: factless, event_time: seen_at, foreign_keys: [dim_customer, {dimension: dim_date, role: seen, on: seen_at}]}
marts:
  - {name: visits_by_name, from: fct_visits, by: [dim_customer.name], measures: [{name: visit_count, source: visits_key, aggregation: COUNT}]}
`;
const files = (pipelines: string, more = ""): { readonly [name: string]: string } => ({ "contracts.yaml": contracts, "pipelines.yaml": `pipelines:\n${pipelines}`, ...(more === "" ? {} : { "more.yaml": more }) });
const pipelinesOf = (pipelines: string, more = "") => linked(files(pipelines, more));

describe("a pipeline", () => {
  it("takes its defaults", () => {
    const { model } = pipelinesOf('  - {name: daily, schedule: "@daily", extract: {source_system: shop}}\n');
    expect(model?.pipelines).toMatchObject([{ name: "daily", schedule: "@daily", timezone: "UTC", slaMinutes: null, extract: { sourceSystem: "shop", connection: null, tables: ["shop.customers"] }, builds: [], errorHandling: { maxRetries: 2, retryDelaySeconds: 300 }, dependsOn: [] }]);
  });

  it("may extract one table of a source", () => {
    expect(pipelinesOf("  - {name: daily, extract: {source_system: web.visits}}\n").model?.pipelines[0]?.extract.tables).toEqual(["web.visits"]);
  });

  it("keeps an Airflow connection and says that its extraction is not generated", () => {
    const { model, codes } = pipelinesOf("  - {name: daily, extract: {source_system: shop, connection: shop_postgres}}\n");
    expect(model?.pipelines[0]?.extract.connection).toEqual({ kind: "airflow", id: "shop_postgres" });
    expect(codes).toEqual(["extraction-not-yet pipelines.0.extract.connection"]);
    expect(model?.sources[0]).toMatchObject({ landing: "typed", loader: "airflow" });
  });

  it.each(["files:", "files:/data/a.csv", "files:../a.csv", "files:s3://b/a.csv", "files:a.xlsx", "files:a$b.csv", "not a connection", "files:C:/a.csv"])("refuses the connection %j", (connection) => {
    expect(pipelinesOf(`  - {name: daily, extract: {source_system: shop, connection: "${connection}"}}\n`).codes).toEqual(["invalid-connection pipelines.0.extract.connection"]);
  });

  it.each(["files:landing/*/{table}.csv", "files:data/customers.csv.gz", "files:data/*", "files:a/**/*.parquet"])("takes the files %j", (connection) => {
    expect(pipelinesOf(`  - {name: daily, extract: {source_system: shop, connection: "${connection}"}}\n`).model?.pipelines[0]?.extract.connection).toEqual({ kind: "files", glob: connection.slice(6), encoding: "utf-8" });
  });

  it("names the pipelines it waits for, which must exist and not wait for it", () => {
    expect(pipelinesOf("  - {name: a, extract: {source_system: shop}, depends_on: [bb]}\n  - {name: b, extract: {source_system: web}}\n").codes).toEqual(["unknown-object pipelines.0.depends_on.0"]);
    expect(pipelinesOf("  - {name: a, extract: {source_system: shop}, depends_on: [a]}\n").codes).toEqual(["cycle pipelines.0.depends_on"]);
  });
});

describe("what a pipeline builds", () => {
  it("is all downstream of its tables, the calendar of its facts included", () => {
    const { model, codes } = pipelinesOf("  - {name: crm, extract: {source_system: shop}}\n  - {name: site, extract: {source_system: web}, depends_on: [crm]}\n", star);
    expect(codes).toEqual([]);
    expect(model?.pipelines.map((one) => one.builds)).toEqual([["dim_customer", "dim_date", "fct_visits", "mrt_visits_by_name"], ["dim_date", "fct_visits", "mrt_visits_by_name"]]);
  });

  it("is what it lists, with or without prefixes", () => {
    expect(pipelinesOf("  - {name: crm, extract: {source_system: shop}, builds: [customer, fact_visits]}\n", star).model?.pipelines[0]?.builds).toEqual(["dim_customer", "fct_visits"]);
    expect(pipelinesOf("  - {name: crm, builds: [custmer]}\n", star).codes).toContain("unknown-object pipelines.0.builds.0");
  });

  it("counts the objects that its stages name", () => {
    const stages = "transform: {stages: [{name: enrich, operations: [dim_customer]}, {name: aggregate, operations: [mrt_visits_by_name]}]}";
    expect(pipelinesOf(`  - {name: crm, builds: [fct_visits], ${stages}}\n`, star).model?.pipelines[0]?.builds).toEqual(["dim_customer", "fct_visits", "mrt_visits_by_name"]);
  });
});

describe("operations of the stage clean", () => {
  const stage = (operations: string, name = "clean", source = "shop") => pipelinesOf(`  - {name: daily, extract: {source_system: ${source}}, transform: {stages: [{name: ${name}, operations: [${operations}]}]}}\n`);
  const customers = (operations: string) => stage(operations).model?.sources.find((one) => one.name === "shop.customers");
  it("clean every text of the pipeline's tables", () => {
    expect(customers("trimming, null handling, type casting")?.columns.map((one) => one.clean)).toEqual([[], [{ kind: "trim" }, { kind: "nullif", values: [""] }, { kind: "upper" }], []]);
    expect(stage("trim").model?.sources.find((one) => one.name === "web.visits")?.columns.every((one) => one.clean.length === 0)).toBe(true);
  });
  it("keep the latest row of each key", () => {
    expect(customers("dedupe")?.deduplicate).toEqual({ keep: "latest", by: ["changed_at"] });
  });
  it("are refused where they reach nothing or mean nothing", () => {
    expect(stage("dedupe", "clean", "web").codes).toEqual(["operation-without-effect pipelines.0.transform.stages.0.operations.0"]);
    expect(stage("trim", "clean", "web").codes).toEqual(["operation-without-effect pipelines.0.transform.stages.0.operations.0"]);
    expect(stage("polish").codes).toEqual(["unknown-operation pipelines.0.transform.stages.0.operations.0"]);
    expect(stage("standardize codes", "conform").codes).toEqual(["unknown-stage pipelines.0.transform.stages.0.name"]);
  });
});
