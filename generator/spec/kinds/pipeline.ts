import * as z from "zod";

import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { amount, choice, count, day, label, labels, list, name, numberChoice, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";

const SEED = "guide, phase 3: pipeline";
const OURS = "dps-gen";

const connection = () =>
  z
    .string()
    .min(1)
    .max(1000)
    .regex(/^(?:[^{}\n]|\{table\})*$/, { error: "it must be on one line; the only brace it may hold is {table}" });

/** What the encodings are also called; `latin-1` is what browsers make of it: the characters that it has are the same in windows-1252. */
const spellingsOfEncodings = {
  utf8: "utf-8", utf16: "utf-16",
  "latin-1": "windows-1252", latin1: "windows-1252", "iso-8859-1": "windows-1252", cp1252: "windows-1252", ansi: "windows-1252", ascii: "utf-8", "us-ascii": "utf-8",
  cp1250: "windows-1250", cp1251: "windows-1251",
  "shift-jis": "cp932", "windows-31j": "cp932", "euc-kr": "cp949", big5: "cp950", gbk: "gb18030", gb2312: "gb18030",
} as const;

const extract = () => z.strictObject({
  source_system: key(optionalLabel(), { meaning: "Source whose contracts are loaded.", source: SEED, example: "shop" }),
  connection: key(optional(connection()), {
    meaning: "Name of an Airflow connection, or files:<glob>. Secrets never stand in a spec.",
    source: SEED,
    example: "files:data/*/{table}.csv",
  }),
  encoding: key(optional(choice(["utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "cp932", "cp949", "cp950", "gb18030"], spellingsOfEncodings)), {
    meaning: "How the text of CSV and JSON files is written; latin-1 is read as windows-1252. A byte order mark at the start of a file counts before it.",
    source: OURS,
    example: "windows-1252",
    fallback: "utf-8",
  }),
  strategy: key(optional(choice(["full", "incremental", "cdc", "log_based"])), {
    meaning: "How rows are fetched.",
    source: SEED,
    example: "full",
    fallback: "full",
  }),
  incremental_key: key(optionalLabel(), { meaning: "Column that tells new rows.", source: SEED, example: "updated_at" }),
  watermark_storage: key(optionalLabel(), { meaning: "Where the last position is kept.", source: SEED, example: "warehouse" }),
});

const stage = () => z.strictObject({
  name: key(label(), { meaning: "clean, conform, enrich or aggregate.", source: SEED, example: "clean" }),
  operations: key(labels(), { meaning: "What is done for every table of the pipeline.", source: SEED, example: "[trim]" }),
});

const transform = () => z.strictObject({
  engine: key(optional(choice(["sql", "spark", "python", "dbt"])), {
    meaning: "What transforms.",
    source: SEED,
    example: "dbt",
    fallback: "dbt",
  }),
  stages: key(list(stage()), {
    meaning: "Defaults for the tables of the pipeline.",
    source: SEED,
    example: "[{name: clean, operations: [trim]}]",
  }),
});

const load = () => z.strictObject({
  target_system: key(optionalLabel(), { meaning: "Warehouse that is loaded.", source: SEED, example: "duckdb" }),
  strategy: key(optional(choice(["append", "upsert", "merge", "truncate_reload", "partition_swap"])), {
    meaning: "How rows are loaded.",
    source: SEED,
    example: "truncate-reload",
  }),
  merge_keys: key(labels(), { meaning: "Columns that identify a row to be merged.", source: SEED, example: "[order_id]" }),
  partition_key: key(optionalLabel(), { meaning: "Column that the table is partitioned by.", source: SEED, example: "order_date" }),
  clustering_keys: key(labels(), { meaning: "Columns that the table is clustered by.", source: SEED, example: "[customer_id]" }),
});

const gates = () => z.strictObject({
  pre_load: key(labels(), { meaning: "Checks before writing.", source: SEED, example: "[freshness]" }),
  post_load: key(labels(), { meaning: "Checks after writing.", source: SEED, example: "[row_count]" }),
});

const errorHandling = () => z.strictObject({
  strategy: key(optional(choice(["fail_fast", "dead_letter", "retry", "skip_and_alert"])), {
    meaning: "What happens on a failure.",
    source: SEED,
    example: "retry",
  }),
  max_retries: key(optional(count().max(1_000)), { meaning: "How often a task is tried again.", source: SEED, example: "3" }),
  retry_delay_seconds: key(optional(amount().max(2_592_000)), {
    meaning: "Delay before the first retry; it doubles with each.",
    source: SEED,
    example: "300",
  }),
  alert_channels: key(labels(), { meaning: "Who is told.", source: SEED, example: '["#data-alerts"]' }),
});

const backfill = () => z.strictObject({
  from: key(optional(day()), { meaning: "First day that is loaded.", source: OURS, example: "2026-01-01" }),
});

const task = () => z.strictObject({
  name: key(name(), { meaning: "Name of the task. Its operator is made by make_task in airflow/dags/<pipeline>__<name>.py, a file that is generated once and then yours.", source: OURS, example: "refresh_dashboards" }),
  before: key(optionalName(), { meaning: "Step of the pipeline that waits for it: load_files, source_freshness, staging, intermediate, snapshots, marts, reports, quality_gate or docs.", source: OURS, example: "staging" }),
  after: key(optionalName(), { meaning: "Step of the pipeline that it waits for.", source: OURS, example: "quality_gate" }),
});

/** A pipeline: what runs, when, and what happens when it fails. It becomes one Airflow DAG. */
export const pipeline = once(() => z.strictObject({
  name: key(name(), { meaning: "Name of the pipeline and its DAG.", source: SEED, example: "daily_sales" }),
  description: key(optionalProse(), { meaning: "What it is for.", source: OURS, example: "Loads and builds sales." }),
  owner: key(optionalLabel(), { meaning: "Team that answers for it.", source: SEED, example: "sales-analytics" }),
  schedule: key(optionalLabel(), {
    meaning: "Cron expression or Airflow preset.",
    source: SEED,
    example: '"0 5 * * *"',
    fallback: "only by hand",
  }),
  timezone: key(optionalLabel(), {
    meaning: "Time zone of the schedule.",
    source: OURS,
    example: "Europe/Oslo",
    fallback: "settings.timezone",
  }),
  sla_minutes: key(optional(amount().max(525_600)), { meaning: "Longest acceptable run.", source: SEED, example: "60", zero: "is empty" }),
  tier: key(optional(numberChoice([1, 2, 3], (tier) => [["critical"], ["important"], ["nice to have"]][tier - 1] ?? [])), {
    meaning: "1 (critical), 2 (important) or 3 (nice to have).",
    source: SEED,
    example: "1",
  }),
  extract: key(extract().prefault({}), { meaning: "Where rows come from.", source: SEED }),
  transform: key(transform().prefault({}), { meaning: "What is done to them.", source: SEED }),
  load: key(load().prefault({}), { meaning: "Where they go.", source: SEED }),
  quality_gates: key(gates().prefault({}), { meaning: "What must hold before and after loading.", source: SEED }),
  error_handling: key(errorHandling().prefault({}), { meaning: "What happens on a failure.", source: SEED }),
  builds: key(labels(), {
    meaning: "Facts, dimensions and marts it builds.",
    source: OURS,
    example: "[fct_orders]",
    fallback: "all that is downstream of the source system",
  }),
  depends_on: key(labels(), { meaning: "Pipelines after whose success it runs. With a schedule beside, it runs at those times as well and does not wait.", source: OURS, example: "[daily_customers]" }),
  tasks: key(list(task()), {
    meaning: "Tasks that are written by hand, and where they stand in the DAG. What follows the place waits for them.",
    source: OURS,
    example: "[{name: refresh_dashboards, after: quality_gate}]",
  }),
  backfill: key(optional(backfill()), {
    meaning: "How far back the pipeline can be run.",
    source: "guide, phase 8: backfill",
    example: "{from: 2026-01-01}",
  }),
  renamed_from: key(optionalName(), { meaning: "Former name. Its files move along; Airflow starts a new DAG and keeps the runs of the old one under its name.", source: OURS, example: "nightly_sales" }),
}));
