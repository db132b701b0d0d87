import type { Origin } from "../../diagnostics/origin.ts";
import type { HistorySpec, JoinSpec, SqlSpec } from "./parts.ts";

/** SCD types as Kimball numbers them. */
export type ScdTypeSpec = 0 | 1 | 2 | 3 | 4 | 6;

/** One attribute of a dimension. */
export interface AttributeSpec {
  readonly name: string;
  readonly source: string | null;
  readonly expression: SqlSpec | null;
  readonly scd_type: ScdTypeSpec | null;
  /** Limits in ascending order that turn a number or date into a text; empty for the value itself. */
  readonly bands: readonly (string | number)[];
  readonly previous_as: string | null;
  readonly current_as: string | null;
  readonly description: string | null;
  readonly type: string | null;
  readonly unit: string | null;
  readonly since: string | null;
  readonly renamed_from: string | null;
}

/** Fast-changing attributes of a dimension with a table and a key of their own. */
export interface MiniDimensionSpec {
  readonly name: string;
  readonly description: string | null;
  readonly attributes: readonly AttributeSpec[];
  readonly unknown_member: { readonly [attribute: string]: string | number | boolean };
}

/** A key of a dimension to another one; `on` names attributes in the order of the other's natural key. */
export interface OutriggerSpec {
  readonly dimension: string;
  readonly on: readonly string[];
  readonly role: string | null;
  /** Key column that it was before, `country_key`. */
  readonly renamed_from: string | null;
}

/** A dimension. */
export interface DimensionSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly type: ScdTypeSpec | null;
  readonly natural_key: readonly string[];
  readonly surrogate_key: string | null;
  readonly attributes: readonly AttributeSpec[];
  /** Flags and codes of facts, of which every combination is a row; a dimension of such has no natural key. */
  readonly junk: readonly AttributeSpec[];
  readonly outriggers: readonly OutriggerSpec[];
  readonly mini_dimensions: readonly MiniDimensionSpec[];
  /** From coarse to fine. Names of a level that repeats occur under several parents. */
  readonly hierarchy: readonly { readonly level: string; readonly repeats: boolean }[];
  readonly source: string | null;
  readonly joins: readonly JoinSpec[];
  readonly where: SqlSpec | null;
  readonly collapse:
    { readonly kind: "keep"; readonly keep: "latest" | "earliest"; readonly by: readonly string[] } | { readonly kind: "distinct" } | null;
  readonly history: HistorySpec | null;
  readonly deletes: "close" | "ignore" | "tombstone" | null;
  readonly delete_guard: number | false | null;
  readonly late_arriving: "unknown" | "infer" | null;
  readonly load: { readonly strategy: "truncate_reload" | "merge" } | null;
  readonly first_version_from: "beginning" | "first_seen" | null;
  readonly unknown_member: { readonly [attribute: string]: string | number | boolean };
  readonly description: string | null;
  readonly conformed: boolean;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly renamed_from: string | null;
}
