import type { Origin } from "../diagnostics/origin.ts";

/**
 * The spec as written, in canonical keys and spellings; nothing is resolved yet. What was "not filled in"
 * (`""`, `[]`, `{}`, null, 0 where 0 means nothing) is null or an empty list. Only top-level objects carry an
 * `origin`: a part's origin is `within(origin, "schema", 3, "type")`, with canonical keys and source indices.
 */
export interface Spec {
  readonly brief: BriefSpec | null;
  readonly contracts: readonly ContractSpec[];
  readonly dimensions: readonly DimensionSpec[];
  readonly facts: readonly FactSpec[];
  readonly marts: readonly MartSpec[];
  readonly pipelines: readonly PipelineSpec[];
  readonly settings: SettingsSpec | null;
}

/** Anything in a spec that is SQL: the text, or one text per dialect (`raw_sql`). */
export type SqlSpec = { readonly kind: "expression"; readonly sql: string } | { readonly kind: "raw"; readonly sql: { readonly [dialect: string]: string } };

/** Architecture brief: the template of seed 001 phase 1, enumerations in canonical spelling. */
export interface BriefSpec {
  readonly origin: Origin;
  readonly project_name: string | null;
  readonly business_context: string | null;
  readonly data_consumers: readonly {
    readonly team: string | null;
    readonly use_case: "analytics" | "ml" | "operational" | "reporting" | "reverse_etl" | null;
    readonly latency_requirement: "real_time" | "near_real_time" | "batch" | null;
    readonly query_pattern: "ad_hoc" | "scheduled" | "api" | "dashboard" | null;
  }[];
  readonly current_state: {
    readonly sources: readonly string[];
    readonly storage: readonly string[];
    readonly pain_points: readonly string[];
    readonly data_volume: { readonly current_gb_per_day: number | null; readonly growth_rate_percent: number | null; readonly retention_months: number | null };
  };
  readonly constraints: {
    readonly budget_monthly_usd: number | null;
    readonly team_size: number | null;
    readonly skill_level: "junior" | "mid" | "senior" | "mixed" | null;
    readonly compliance: readonly string[];
    readonly cloud_provider: "aws" | "gcp" | "azure" | "multi" | "on_prem" | null;
  };
}

/** A cleaning step as written, in canonical form. Value texts are the scalars' source texts. */
export type CleanStepSpec =
  | { readonly kind: "trim" | "squeeze" | "lower" | "upper" }
  | { readonly kind: "nullif"; readonly values: readonly string[] }
  | { readonly kind: "map"; readonly values: { readonly [from: string]: string }; readonly else: "keep" | "null" | "fail" }
  | { readonly kind: "replace"; readonly search: string; readonly by: string }
  | { readonly kind: "parse"; readonly format: string }
  | { readonly kind: "scale"; readonly factor: string }
  | { readonly kind: "json"; readonly path: string }
  | { readonly kind: "default"; readonly value: string | number | boolean };

/** A check of a contract. */
export interface CheckSpec {
  readonly type: "not_null" | "unique" | "range" | "enum" | "regex" | "length" | "relationship" | "freshness" | "volume" | "distribution" | "reconciliation" | "custom";
  readonly params: { readonly [name: string]: unknown };
  readonly severity: "P0" | "P1" | "P2" | "P3" | "error" | "warn" | null;
  readonly on_failure: "fail" | "warn" | "quarantine" | null;
}

/** A column of a contract; names are source names. */
export interface ColumnSpec {
  readonly column: string;
  readonly type: string | null;
  readonly physical_type: string | null;
  readonly nullable: boolean | null;
  readonly description: string | null;
  readonly business_definition: string | null;
  readonly pii: boolean | null;
  readonly checks: readonly CheckSpec[];
  readonly primary_key: boolean;
  readonly references: string | null;
  readonly rename: string | null;
  readonly classification: "public" | "internal" | "confidential" | "restricted" | null;
  readonly protect: "none" | "hash" | "mask" | "drop" | null;
  readonly unit: string | null;
  readonly deprecated: boolean;
  readonly clean: readonly CleanStepSpec[];
  readonly zone: string | { readonly column: string } | null;
  readonly on_failure: "fail" | "warn" | "quarantine" | null;
}

/** How history can be known; used by contracts (source names) and dimensions (staging names). */
export type HistorySpec =
  | { readonly kind: "current_state" | "append_only" }
  | { readonly kind: "change_log"; readonly effective_at: string | null; readonly sequence: readonly string[]; readonly operation: { readonly column: string; readonly delete: readonly string[] } | null }
  | { readonly kind: "periodic_extract"; readonly extract_date: string };

/** A data contract: one source table. */
export interface ContractSpec {
  readonly origin: Origin;
  /** `name: shop.orders`, or null where `source` and `table` are given. */
  readonly name: string | null;
  readonly source: string | null;
  readonly table: string | null;
  readonly description: string | null;
  readonly physical: { readonly database: string | null; readonly schema: string | null; readonly table: string | null };
  readonly version: string | null;
  readonly owner: string | null;
  readonly consumers: readonly string[];
  readonly sla: { readonly freshness_hours: number | null; readonly availability_percent: number | null; readonly support_hours: string | null };
  readonly schema: readonly ColumnSpec[];
  readonly checks: readonly CheckSpec[];
  readonly breaking_change_policy: string | null;
  readonly notification_channel: string | null;
  readonly primary_key: readonly string[];
  readonly references: readonly { readonly columns: readonly string[]; readonly to: string; readonly to_columns: readonly string[] }[];
  readonly loaded_at: string | null;
  readonly updated_at: string | null;
  readonly deduplicate: { readonly keep: "latest" | "earliest"; readonly by: readonly string[] } | null;
  readonly history: HistorySpec | null;
}

/** A join of a dimension or fact. `on` is null where it follows from the contracts. */
export interface JoinSpec {
  readonly to: string;
  readonly on: { readonly [here: string]: string } | null;
  readonly type: "left" | "inner";
}

/** SCD types as Kimball numbers them. */
export type ScdTypeSpec = 0 | 1 | 2 | 3 | 4 | 6;

/** A dimension. */
export interface DimensionSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly type: ScdTypeSpec | null;
  readonly natural_key: readonly string[];
  readonly surrogate_key: string | null;
  readonly attributes: readonly {
    readonly name: string;
    readonly source: string | null;
    readonly expression: SqlSpec | null;
    readonly scd_type: ScdTypeSpec | null;
    readonly description: string | null;
    readonly type: string | null;
    readonly unit: string | null;
    readonly since: string | null;
  }[];
  readonly hierarchy: readonly string[];
  readonly source: string | null;
  readonly joins: readonly JoinSpec[];
  readonly where: SqlSpec | null;
  readonly collapse: { readonly kind: "keep"; readonly keep: "latest" | "earliest"; readonly by: readonly string[] } | { readonly kind: "distinct" } | null;
  readonly history: HistorySpec | null;
  readonly deletes: "close" | "ignore" | "tombstone" | null;
  readonly late_arriving: "unknown" | "infer" | null;
  readonly first_version_from: "beginning" | "first_seen" | null;
  readonly unknown_member: { readonly [attribute: string]: string | number | boolean };
  readonly description: string | null;
  readonly conformed: boolean;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly renamed_from: string | null;
}

/** A measure of a fact. */
export interface MeasureSpec {
  readonly name: string;
  readonly additivity: "additive" | "semi_additive" | "non_additive" | null;
  readonly aggregation: "sum" | "avg" | "min" | "max" | "count" | "count_distinct" | null;
  readonly business_definition: string | null;
  readonly description: string | null;
  readonly source: string | null;
  readonly expression: SqlSpec | null;
  readonly where: SqlSpec | null;
  readonly unit: string | null;
  /** Type of the value where it must be stated (raw SQL). */
  readonly type: string | null;
  readonly over: { readonly [role: string]: "last" | "first" | "avg" | "min" | "max" };
  readonly ratio: { readonly numerator: string; readonly denominator: string } | null;
}

/** A foreign key of a fact; a bare string is `{dimension}`. `on` is a column, a list of columns, or a map here → member. */
export interface ForeignKeySpec {
  readonly dimension: string;
  readonly on: readonly { readonly here: string; readonly member: string | null }[];
  readonly role: string | null;
  readonly as_of: { readonly column: string | null; readonly dates: "end_of_day" | "start_of_day" | null } | null;
  readonly early_arriving: "first_version" | "unknown" | null;
}

/** A dashboard, notebook, analysis, model or application that uses a fact or mart. */
export interface ExposureSpec {
  readonly name: string;
  readonly type: "dashboard" | "notebook" | "analysis" | "ml" | "application" | null;
  readonly owner: string | null;
  readonly url: string | null;
  readonly description: string | null;
}

/** A fact table. */
export interface FactSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly grain: string | null;
  readonly grain_statement: string | null;
  readonly measures: readonly MeasureSpec[];
  /** A bare name is `{name}`: a column of that name. */
  readonly degenerate_dimensions: readonly { readonly name: string; readonly source: string | null; readonly expression: SqlSpec | null; readonly description: string | null }[];
  readonly foreign_keys: readonly ForeignKeySpec[];
  readonly source: string | null;
  readonly joins: readonly JoinSpec[];
  readonly where: SqlSpec | null;
  readonly grain_key: readonly string[];
  readonly fact_type: "transaction" | "periodic_snapshot" | "accumulating_snapshot" | "factless" | null;
  /** A column name or an expression. */
  readonly event_time: SqlSpec | null;
  readonly period: "day" | "week" | "month" | null;
  readonly entity: string | null;
  readonly milestones: readonly { readonly name: string; readonly source: string }[];
  readonly load: { readonly strategy: "append" | "merge" | "delete_insert" | "truncate_reload" | "partition_swap" | "soft_delete" | null; readonly lookback: string | number | null; readonly partition_by: string | null; readonly cluster_by: readonly string[] } | null;
  readonly description: string | null;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly exposures: readonly ExposureSpec[];
  readonly contract: { readonly enforced: boolean | null; readonly version: number | null } | null;
  readonly renamed_from: string | null;
}

/** A mart: an aggregate on facts. */
export interface MartSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly from: readonly string[];
  /** A bare string is `{column}`; `as` renames. */
  readonly by: readonly { readonly column: string; readonly as: string | null }[];
  /** A bare string is `{name}`: the fact's measure of that name, under that name. */
  readonly measures: readonly { readonly name: string; readonly source: string | null; readonly aggregation: MeasureSpec["aggregation"]; readonly where: SqlSpec | null; readonly description: string | null }[];
  readonly where: SqlSpec | null;
  readonly rolling: { readonly over: string; readonly periods: number; readonly unit: "day" | "week" | "month"; readonly measures: readonly string[] } | null;
  readonly include: string | null;
  readonly top: { readonly by: string; readonly n: number; readonly within: readonly string[] } | null;
  readonly description: string | null;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly exposures: readonly ExposureSpec[];
}

/** A pipeline: the template of seed 001 phase 3, extended. */
export interface PipelineSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly description: string | null;
  readonly owner: string | null;
  readonly schedule: string | null;
  readonly timezone: string | null;
  readonly sla_minutes: number | null;
  readonly tier: 1 | 2 | 3 | null;
  readonly extract: { readonly source_system: string | null; readonly connection: string | null; readonly strategy: "full" | "incremental" | "cdc" | "log_based" | null; readonly incremental_key: string | null; readonly watermark_storage: string | null };
  readonly transform: { readonly engine: "sql" | "spark" | "python" | "dbt" | null; readonly stages: readonly { readonly name: string; readonly operations: readonly string[] }[] };
  readonly load: { readonly target_system: string | null; readonly strategy: "append" | "upsert" | "merge" | "truncate_reload" | "partition_swap" | null; readonly merge_keys: readonly string[]; readonly partition_key: string | null; readonly clustering_keys: readonly string[] };
  readonly quality_gates: { readonly pre_load: readonly string[]; readonly post_load: readonly string[] };
  readonly error_handling: { readonly strategy: "fail_fast" | "dead_letter" | "retry" | "skip_and_alert" | null; readonly max_retries: number | null; readonly retry_delay_seconds: number | null; readonly alert_channels: readonly string[] };
  readonly builds: readonly string[];
  readonly depends_on: readonly string[];
  readonly backfill: { readonly from: string | null } | null;
}

/** How to compile. */
export interface SettingsSpec {
  readonly origin: Origin;
  readonly project: string | null;
  readonly warehouse: string | null;
  readonly schemas: { readonly staging: string | null; readonly intermediate: string | null; readonly history: string | null; readonly marts: string | null };
  readonly timezone: string | null;
  readonly dates: { readonly from: string | null; readonly to: string | null; readonly fiscal_year_start: number | null };
  /** Undefined where not stated; null for `open_end: null`. */
  readonly open_end: string | null | undefined;
  readonly as_of_run: "wall_clock" | "logical_date" | null;
  readonly emitters: { readonly [name: string]: boolean | { readonly [option: string]: unknown } };
}
