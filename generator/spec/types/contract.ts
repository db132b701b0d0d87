import type { Origin } from "../../diagnostics/origin.ts";
import type { HistorySpec } from "./parts.ts";

/** A cleaning step as written, in canonical form. Value texts are the scalars' source texts. */
export type CleanStepSpec =
  | { readonly kind: "trim" | "squeeze" | "lower" | "upper" }
  | { readonly kind: "nullif"; readonly values: readonly string[] }
  | { readonly kind: "map"; readonly values: { readonly [from: string]: string | number | boolean }; readonly else: "keep" | "null" | "fail" }
  | { readonly kind: "replace"; readonly search: string; readonly by: string }
  | { readonly kind: "parse"; readonly format: string }
  | { readonly kind: "epoch"; readonly unit: "days" | "seconds" | "milliseconds" | "microseconds" | "nanoseconds" }
  | { readonly kind: "scale"; readonly factor: string }
  | { readonly kind: "json"; readonly path: string }
  | { readonly kind: "default"; readonly value: string | number | boolean };

/** A check of a contract. */
export interface CheckSpec {
  readonly type:
    | "not_null"
    | "unique"
    | "range"
    | "enum"
    | "regex"
    | "length"
    | "relationship"
    | "freshness"
    | "volume"
    | "distribution"
    | "reconciliation"
    | "custom";
  readonly params: { readonly [name: string]: unknown };
  readonly severity: "P0" | "P1" | "P2" | "P3" | "error" | "warn" | null;
  readonly on_failure: "fail" | "warn" | "quarantine" | null;
}

/** A column of a contract; names are source names. */
export interface ColumnSpec {
  readonly column: string;
  /** Source column that it is read from, if not the one of its name. */
  readonly from: string | null;
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
  /** Staging name it had before. */
  readonly renamed_from: string | null;
  readonly classification: "public" | "internal" | "confidential" | "restricted" | null;
  readonly protect: "none" | "hash" | "mask" | "drop" | null;
  readonly unit: string | null;
  readonly deprecated: boolean;
  readonly clean: readonly CleanStepSpec[];
  readonly zone: string | { readonly column: string } | null;
  readonly on_failure: "fail" | "warn" | "quarantine" | null;
}

/** A data contract: one source table. */
export interface ContractSpec {
  readonly origin: Origin;
  /** `name: shop.orders`, or null where `source` and `table` are given. */
  readonly name: string | null;
  readonly source: string | null;
  readonly table: string | null;
  readonly description: string | null;
  readonly physical: { readonly database: string | null; readonly schema: string | null; readonly table: string | null; readonly tables: readonly string[]; readonly closed: readonly string[] };
  readonly version: string | null;
  readonly owner: string | null;
  readonly consumers: readonly string[];
  readonly sla: {
    readonly freshness_hours: number | null;
    readonly availability_percent: number | null;
    readonly support_hours: string | null;
  };
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
  readonly renamed_from: string | null;
}
