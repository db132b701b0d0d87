import { describe, expect, it } from "vitest";
import { topics } from "../../generator/rules/topics.ts";
import { brief, decided, decisionOn, pipelineOver, type BriefParts } from "./support.ts";

type Cases = Readonly<Record<string, BriefParts & { readonly warehouse?: string }>>;

const stars = `
contract:
  name: till.sales
  primary_key: [id]
  history: append_only
  schema: [{column: id, type: integer}, {column: shop_id, type: integer}, {column: amount, type: integer}]
dimensions:
${Array.from({ length: 11 }, (_, index) => `  - {name: dim_shop_${index}, source: till.sales, natural_key: shop_id, domain: ${index % 2 === 0 ? "sales" : "finance"}, collapse: distinct}`).join("\n")}
fact_table: {name: sales, source: till.sales, grain: sale, measures: [{name: amount, type: additive, aggregation: sum}]}
pipeline:
  name: daily
  schedule: "@daily"
  extract: {source_system: till, connection: "files:data/*.csv"}
`;

const onDemand = pipelineOver().replace('  schedule: "@daily"\n', "");
const realTime = "operational, real-time, API";
const batch = "reporting, batch, dashboard";
const ml = "ML, batch, ad-hoc";
const sevenTeams = Array.from({ length: 7 }, () => batch);
const manySources = ["ERP", "CRM", "till", "web shop", "HR"];

/** One brief for every row of the guide's tables. */
const tables: Readonly<Record<string, Cases>> = {
  "architecture pattern": {
    "Batch ETL": {},
    "Micro-batch": { consumers: ["analytics, near-real-time, dashboard", batch] },
    Streaming: { consumers: [realTime] },
    Lambda: { consumers: [realTime, batch] },
    Kappa: { consumers: [realTime, batch], sources: ["Kafka topics of the shop"] },
    Lakehouse: { storage: ["S3 data lake", "Redshift warehouse"] },
    "Data Mesh": { consumers: sevenTeams, constraints: { team_size: 40 }, specs: stars },
    "Feature Store": { consumers: [ml, ml, batch] },
  },
  orchestration: {
    Airflow: { specs: pipelineOver() },
    Dagster: { specs: stars, constraints: { skill_level: "senior" } },
    Prefect: { specs: onDemand },
    dbt: {},
    Temporal: { consumers: [realTime], constraints: { team_size: 12 } },
    "Cron + scripts": { specs: pipelineOver("  error_handling: {strategy: fail-fast}"), constraints: { team_size: 1 } },
  },
  processing: {
    Spark: { volume: { current_gb_per_day: 300 } },
    DuckDB: { specs: pipelineOver() },
    Polars: { consumers: [ml], specs: pipelineOver() },
    Pandas: { consumers: ["analytics, batch, ad-hoc"], volume: { current_gb_per_day: 0.5 } },
    Flink: { consumers: [realTime], constraints: { team_size: 8 } },
    "SQL (warehouse)": { warehouse: "postgres" },
  },
  storage: {
    Snowflake: { constraints: { cloud_provider: "multi" } },
    BigQuery: {},
    Redshift: { constraints: { cloud_provider: "AWS" } },
    Databricks: { consumers: [ml, batch], volume: { current_gb_per_day: 50 } },
    PostgreSQL: { constraints: { cloud_provider: "on-prem" }, volume: { current_gb_per_day: 0.1 } },
    "S3/GCS/ADLS": { consumers: [ml] },
    "Delta Lake/Iceberg": { storage: ["Iceberg tables"] },
  },
  "modelling method": {
    Kimball: { specs: stars },
    Inmon: { consumers: sevenTeams, sources: manySources },
    "Data Vault 2.0": { sources: manySources, compliance: ["SOX"], constraints: { team_size: 6 } },
    "One Big Table": {},
    "Activity Schema": { sources: ["click stream", "till"] },
  },
};

describe.each(Object.entries(tables))("the table of the %s", (topic, cases) => {
  it("has a case for every choice", () => {
    const choices = Object.entries(topics).find(([name]) => name === topic)?.[1] ?? [];
    expect(Object.keys(cases).sort()).toEqual([...choices].sort());
  });

  it.each(Object.entries(cases))("leads to %s, and says why all others lost", (choice, { warehouse, ...parts }) => {
    const decision = decisionOn(decided(brief(parts), warehouse ?? "duckdb"), topic);
    expect(decision.choice).toBe(choice);
    expect(decision.because).toMatch(/^Best for .+: .+\.$/);
    expect([decision.choice, ...decision.alternatives.map((one) => one.choice)].sort()).toEqual(Object.keys(cases).sort());
    for (const lost of decision.alternatives) expect(lost.because).toMatch(/^Best for .+(, but |; |: it would serve, but ).+\.$/);
  });
});

it("names the fields and values that decided", () => {
  const decision = decisionOn(decided(brief({ volume: { current_gb_per_day: 0.1 }, constraints: { cloud_provider: "AWS" } })), "storage");
  expect(decision.because).toContain("constraints.cloud_provider is aws");
  expect(decision.alternatives.find((one) => one.choice === "PostgreSQL")?.because).toContain("constraints.budget_monthly_usd is 5000");
});

it("falls back to Kimball where nothing speaks for another method", () => {
  expect(decisionOn(decided(brief({ sources: ["ERP", "CRM"] })), "modelling method").choice).toBe("Kimball");
});

it("counts compliance 'none' as no rule", () => {
  expect(
    decisionOn(decided(brief({ sources: manySources, compliance: ["none"], constraints: { team_size: 6 } })), "modelling method").choice,
  ).toBe("Kimball");
});
