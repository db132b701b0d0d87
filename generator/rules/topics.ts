/** What is decided, and all that can be chosen. Spellings of the brief's topics are those of the guide's own tables. */
export const topics = {
  "architecture pattern": ["Batch ETL", "Micro-batch", "Streaming", "Lambda", "Kappa", "Lakehouse", "Data Mesh", "Feature Store"],
  orchestration: ["Airflow", "Dagster", "Prefect", "dbt", "Temporal", "Cron + scripts"],
  processing: ["Spark", "DuckDB", "Polars", "Pandas", "Flink", "SQL (warehouse)"],
  storage: ["Snowflake", "BigQuery", "Redshift", "Databricks", "PostgreSQL", "S3/GCS/ADLS", "Delta Lake/Iceberg"],
  "modelling method": ["Kimball", "Inmon", "Data Vault 2.0", "One Big Table", "Activity Schema"],
  /** Of a pipeline; `external` where something else loads its tables. */
  "extraction strategy": ["full", "incremental", "cdc", "log_based", "external"],
  /** Of a source table that our own extraction lands: the last folder replaces the table, or every new file adds to it. */
  landing: ["replace", "file_by_file"],
  /** Of a dimension or fact: how its table is written. */
  "load strategy": ["truncate_reload", "snapshot", "append", "merge", "delete_insert", "soft_delete", "partition_swap"],
  /** Of a dimension: where its versions come from. */
  history: ["current", "snapshot", "events", "extracts"],
  deletes: ["close", "ignore", "tombstone"],
  "first version": ["beginning", "first_seen"],
  /** Of a dbt model. */
  materialisation: ["view", "table", "snapshot", "incremental"],
} as const;

/** Something that is decided. */
export type Topic = keyof typeof topics;

/** What can be chosen about a topic. */
export type ChoiceOf<T extends Topic> = (typeof topics)[T][number];
