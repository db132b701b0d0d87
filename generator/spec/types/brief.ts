import type { Origin } from "../../diagnostics/origin.ts";

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
    readonly data_volume: {
      readonly current_gb_per_day: number | null;
      readonly growth_rate_percent: number | null;
      readonly retention_months: number | null;
    };
  };
  readonly constraints: {
    readonly budget_monthly_usd: number | null;
    readonly team_size: number | null;
    readonly skill_level: "junior" | "mid" | "senior" | "mixed" | null;
    readonly compliance: readonly string[];
    readonly cloud_provider: "aws" | "gcp" | "azure" | "multi" | "on_prem" | null;
  };
}
