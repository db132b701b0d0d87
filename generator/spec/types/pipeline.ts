import type { Origin } from "../../diagnostics/origin.ts";

/** How texts may be written, as Python names it. */
export type Encoding = "utf-8" | "utf-16" | "windows-1250" | "windows-1251" | "windows-1252" | "cp932" | "cp949" | "cp950" | "gb18030";

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
  readonly extract: {
    readonly source_system: string | null;
    readonly connection: string | null;
    readonly encoding: Encoding | null;
    readonly strategy: "full" | "incremental" | "cdc" | "log_based" | null;
    readonly incremental_key: string | null;
    readonly watermark_storage: string | null;
  };
  readonly transform: {
    readonly engine: "sql" | "spark" | "python" | "dbt" | null;
    readonly stages: readonly { readonly name: string; readonly operations: readonly string[] }[];
  };
  readonly load: {
    readonly target_system: string | null;
    readonly strategy: "append" | "upsert" | "merge" | "truncate_reload" | "partition_swap" | null;
    readonly merge_keys: readonly string[];
    readonly partition_key: string | null;
    readonly clustering_keys: readonly string[];
  };
  readonly quality_gates: { readonly pre_load: readonly string[]; readonly post_load: readonly string[] };
  readonly error_handling: {
    readonly strategy: "fail_fast" | "dead_letter" | "retry" | "skip_and_alert" | null;
    readonly max_retries: number | null;
    readonly retry_delay_seconds: number | null;
    readonly alert_channels: readonly string[];
  };
  readonly builds: readonly string[];
  readonly depends_on: readonly string[];
  /** Tasks that are written by hand, before or after a step. */
  readonly tasks: readonly { readonly name: string; readonly before: string | null; readonly after: string | null }[];
  readonly backfill: { readonly from: string | null } | null;
  readonly renamed_from: string | null;
}
