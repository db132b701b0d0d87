import type { Origin } from "../diagnostics/origin.ts";

/** Project-wide facts from `settings`, defaults applied. */
export interface Project {
  /** dbt project and profile name, a valid identifier. */
  readonly name: string;
  readonly title: string;
  readonly warehouse: string;
  readonly schemas: { readonly staging: string; readonly intermediate: string; readonly history: string; readonly marts: string };
  /** IANA zone in which days are counted and zoneless timestamps are read. */
  readonly timezone: string;
  readonly timezoneDeclared: boolean;
  readonly dates: { readonly from: string; readonly to: string; readonly fiscalYearStart: number };
  /** Share of members that may vanish at once; null for no limit. */
  readonly deleteGuard: number | null;
  /** What `dim_time` has a row for. */
  readonly timeGrain: "minute" | "second";
  /** Literal text of the open end of versions, or null for NULL. */
  readonly openEnd: string | null;
  readonly asOfRun: "wall_clock" | "logical_date";
  /** Raw options of emitters that settings name; an emitter is on unless it has `enabled: false` here. */
  readonly emitters: { readonly [name: string]: { readonly [option: string]: unknown } };
  readonly origin: Origin;
}

/** Somebody's word that one change may be merged: that of `hash`, until the end of the day `expires`. */
export interface Approval {
  readonly origin: Origin;
  readonly rule: string;
  readonly object: string;
  readonly part: string | null;
  readonly hash: string;
  readonly reason: string;
  readonly by: string | null;
  readonly expires: string | null;
}

/** A team. */
export interface CatalogOwner {
  readonly name: string;
  readonly email: string | null;
}

/** The architecture brief (seed 001, phase 1). */
export interface Brief {
  readonly origin: Origin;
  readonly projectName: string;
  readonly businessContext: string;
  readonly consumers: readonly { readonly team: string; readonly useCase: "analytics" | "ml" | "operational" | "reporting" | "reverse_etl" | null; readonly latency: "real_time" | "near_real_time" | "batch" | null; readonly queryPattern: "ad_hoc" | "scheduled" | "api" | "dashboard" | null }[];
  readonly sources: readonly string[];
  readonly storage: readonly string[];
  readonly painPoints: readonly string[];
  readonly volume: { readonly gbPerDay: number | null; readonly growthPercent: number | null; readonly retentionMonths: number | null };
  readonly constraints: { readonly budgetMonthlyUsd: number | null; readonly teamSize: number | null; readonly skillLevel: "junior" | "mid" | "senior" | "mixed" | null; readonly compliance: readonly string[]; readonly cloudProvider: "aws" | "gcp" | "azure" | "multi" | "on_prem" | null };
}
