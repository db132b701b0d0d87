import type { Expression } from "./expression.ts";
import type { RowSource } from "./rows.ts";
import type { LogicalType, ModelNode } from "./types.ts";

/** One column of a dimension: a natural key part or an attribute. */
export interface DimensionColumn extends ModelNode {
  readonly type: LogicalType;
  readonly value: Expression;
  readonly description: string;
  readonly unit: string | null;
  readonly pii: boolean;
}

/** A descriptive attribute. `scdType` follows Kimball: 1 overwrites, 2 keeps history. */
export interface Attribute extends DimensionColumn {
  readonly scdType: 1 | 2;
  /** ISO date from which the column exists; earlier versions hold NULL and it cuts none. */
  readonly since: string | null;
  /** Label of the unknown member, as text of the attribute's type; null for NULL. */
  readonly unknownLabel: string | null;
  readonly notApplicableLabel: string | null;
}

/** One order term. */
export interface SortTerm {
  readonly value: Expression;
  readonly direction: "ascending" | "descending";
}

/**
 * Where the versions of a dimension come from.
 * `current`: one row per member, rebuilt from the current state.
 * `snapshot`: a dbt check snapshot over the joined current state.
 * `events`: the history form over a change log (row source rows are events).
 * `extracts`: the history form over whole-table extracts.
 * `zone`: where a date counts as a time, it is the first instant of that day there.
 */
export type DimensionHistory =
  | { readonly kind: "current" }
  | { readonly kind: "snapshot"; readonly snapshot: string }
  | { readonly kind: "events"; readonly effectiveAt: Expression; readonly zone: string; readonly sequence: readonly Expression[]; readonly isDelete: Expression | null }
  | { readonly kind: "extracts"; readonly extractDate: Expression; readonly zone: string };

/** A dimension built from specs. `name` is the dbt model, e.g. `dim_customer`. */
export interface EntityDimension extends ModelNode {
  readonly kind: "table";
  readonly entity: string;
  readonly domain: string;
  readonly owner: string | null;
  readonly description: string;
  readonly conformed: boolean;
  /** 2 where any attribute is Type 2, else 1. */
  readonly scdType: 1 | 2;
  /** Column names: `key` is the version key (`customer_key`); `durableKey` exists in Type 2 only. */
  readonly columns: { readonly key: string; readonly durableKey: string | null };
  readonly naturalKey: readonly DimensionColumn[];
  readonly attributes: readonly Attribute[];
  readonly rows: RowSource;
  /** How several rows of one key become one; null where the rows are unique. */
  readonly collapse: { readonly kind: "keep"; readonly order: readonly SortTerm[] } | { readonly kind: "distinct" } | null;
  readonly history: DimensionHistory;
  readonly deletes: "close" | "ignore" | "tombstone";
  readonly firstVersionFrom: "beginning" | "first_seen";
  readonly hierarchy: readonly string[];
  /** Model name it had before (`dim_client`), or null. */
  readonly renamedFrom: string | null;
  /** dbt models below the dimension; null where the form does not need them. */
  readonly models: { readonly joined: string | null; readonly versioned: string | null };
}

/** The calendar dimension; built when referenced. `name` is always `dim_date`. */
export interface DateDimension extends ModelNode {
  readonly kind: "date";
  readonly entity: "date";
  readonly domain: string;
  readonly from: string;
  readonly to: string;
  readonly fiscalYearStart: number;
}

/** Any dimension of the model. */
export type Dimension = EntityDimension | DateDimension;
