import type { Origin } from "../../diagnostics/origin.ts";
import type { ExposureSpec, JoinSpec, SqlSpec } from "./parts.ts";

/** A measure of a fact. */
export interface MeasureSpec {
  readonly name: string;
  readonly additivity: "additive" | "semi_additive" | "non_additive" | null;
  readonly aggregation: "sum" | "avg" | "median" | "min" | "max" | "count" | "count_distinct" | null;
  readonly business_definition: string | null;
  readonly description: string | null;
  readonly source: string | null;
  readonly expression: SqlSpec | null;
  readonly where: SqlSpec | null;
  readonly unit: string | null;
  /** Type of the value where it must be stated (raw SQL). */
  readonly type: string | null;
  readonly over: { readonly [role: string]: "last" | "first" | "avg" | "min" | "max" };
  /** What a balance of a periodic snapshot is worked out from. */
  readonly balance: "movements" | "readings" | null;
  readonly absent: "carry_forward" | "zero" | null;
  readonly ratio: { readonly numerator: string; readonly denominator: string } | null;
  readonly renamed_from: string | null;
}

/** A foreign key of a fact; a bare string is `{dimension}`. `on` is a column, a list of columns, or a map here → member. */
export interface ForeignKeySpec {
  readonly dimension: string;
  readonly on: readonly { readonly here: string; readonly member: string | null }[];
  readonly role: string | null;
  readonly as_of: { readonly column: string | null; readonly dates: "end_of_day" | "start_of_day" | null } | null;
  readonly early_arriving: "first_version" | "unknown" | null;
  /** Key column that it was before, `order_date_key`. */
  readonly renamed_from: string | null;
}

/** A fact table. */
export interface FactSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly grain: string | null;
  readonly grain_statement: string | null;
  readonly measures: readonly MeasureSpec[];
  /** A bare name is `{name}`: a column of that name. */
  readonly degenerate_dimensions: readonly {
    readonly name: string;
    readonly source: string | null;
    readonly expression: SqlSpec | null;
    readonly description: string | null;
    readonly renamed_from: string | null;
  }[];
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
  /** What closes the last period of a periodic snapshot. */
  readonly through: "latest_row" | "run" | null;
  readonly absent: "carry_forward" | "zero" | null;
  readonly milestones: readonly {
    readonly name: string;
    readonly source: string | null;
    readonly event: string | null;
    readonly lag: { readonly unit: "days" | "hours"; readonly since: string | null } | null;
    readonly description: string | null;
  }[];
  readonly milestone_events: { readonly type: string; readonly time: string; readonly by: readonly string[] } | null;
  readonly milestone_order: "warn" | "fail" | null;
  readonly load: {
    readonly strategy: "append" | "merge" | "delete_insert" | "truncate_reload" | "partition_swap" | "soft_delete" | null;
    readonly corrections: "removal" | "reversal" | null;
    readonly lookback: string | number | null;
    readonly partition_by: string | null;
    readonly cluster_by: readonly string[];
  } | null;
  readonly description: string | null;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly exposures: readonly ExposureSpec[];
  readonly contract: { readonly enforced: boolean | null; readonly version: number | null } | null;
  readonly renamed_from: string | null;
}
