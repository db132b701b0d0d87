import { all, moreTeamsThan, most, some } from "./consumers.ts";
import { tableRule } from "./decision-table.ts";
import { not } from "./situation.ts";
import { domainsOfAtLeast } from "./specs.ts";
import { someSource, someStorage, teamOfAtLeast } from "./surroundings.ts";

/** Event logs that can be read again from the start. */
const replayable = someSource("replayable event log", /kafka|kinesis|pub[/ -]?sub|event ?hubs?|redpanda|pulsar|event log|event stream/i);
const lake = someStorage(
  "data lake",
  /\blakes?\b|lakehouse|\bs3\b|\bgcs\b|\badls\b|\bblob storage\b|\biceberg\b|\bdelta\b|\bhudi\b|\bhdfs\b|\bhadoop\b/i,
);
const warehouse = someStorage("warehouse", /warehouse|snowflake|bigquery|redshift|synapse|teradata|databricks|vertica|\bdwh\b/i);

/**
 * Which architecture the consumers need (guide, phase 1, Architecture Pattern Decision Matrix). Latency comes first, for nothing
 * else makes up for it; then who uses the data, how the organisation is cut, and where the data lies.
 */
export const architecturePattern = tableRule("architecture pattern", [
  {
    choice: "Kappa",
    bestFor: "batch and streaming over one stream that can be replayed",
    when: [some("latency", "real_time"), some("latency", "batch"), replayable],
  },
  { choice: "Lambda", bestFor: "batch accuracy and real-time speed both", when: [some("latency", "real_time"), some("latency", "batch")] },
  { choice: "Streaming", bestFor: "events that need processing within a second", when: [some("latency", "real_time")] },
  {
    choice: "Data Mesh",
    bestFor: "large organisations with domain-owned data and more than five teams",
    when: [moreTeamsThan(5), domainsOfAtLeast(2), teamOfAtLeast(20)],
  },
  { choice: "Feature Store", bestFor: "machine learning as the primary consumer", when: [most("useCase", "ml")] },
  {
    choice: "Micro-batch",
    bestFor: "dashboards and analytics that need data within five minutes",
    when: [some("latency", "near_real_time")],
  },
  { choice: "Lakehouse", bestFor: "cheap storage and fast SQL together", when: [lake, warehouse] },
  {
    choice: "Batch ETL",
    bestFor: "reporting, warehousing and most analytics",
    when: [not(some("latency", "real_time")), all("latency", "batch")],
  },
]);
