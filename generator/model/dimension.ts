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
  /** Column it was before: as stated, or as the source column it takes its name from was. */
  readonly renamedFrom: string | null;
}

/** SCD types of attributes (Kimball, chapter 5): 0 keeps the first value, 1 overwrites, 2 keeps versions, 3 keeps the previous value, 4 keeps versions in a table beside the dimension, 6 is 2 with the current value beside it. */
export type ScdType = 0 | 1 | 2 | 3 | 4 | 6;

/** A descriptive attribute. */
export interface Attribute extends DimensionColumn {
  readonly scdType: ScdType;
  /** The attribute this column goes with, in columns that Types 3 and 6 add (`previous_region`, `current_city`); else null. */
  readonly companion: { readonly of: string; readonly shows: "previous" | "current" } | null;
  /** ISO date from which the column exists; earlier versions hold NULL and it cuts none. */
  readonly since: string | null;
  /** Label of the unknown member, as text of the attribute's type; null for NULL. */
  readonly unknownLabel: string | null;
  readonly notApplicableLabel: string | null;
}

/** Rows of a fact that name members of a dimension. */
export interface MemberReference {
  readonly fact: string;
  readonly rows: RowSource;
  /** The values that make up the natural key, in its order. */
  readonly key: readonly Expression[];
}

/** A joined table whose own history cuts the versions of a dimension, too: its versions by the columns that join it, in a model of their own. */
export interface JoinedHistory {
  readonly alias: string;
  readonly versions: EntityDimension;
}

/** A key of a dimension to a row of another one. `name` is the column, `country_key`. */
export interface Outrigger extends ModelNode {
  /** Column it was before: as stated, or before the other dimension was renamed. */
  readonly renamedFrom: string | null;
  readonly dimension: string;
  /** The CTE-friendly entity of the other dimension, and its key column. */
  readonly entity: string;
  readonly key: string;
  readonly on: readonly { readonly attribute: string; readonly member: string }[];
}

/** One order term. */
export interface SortTerm {
  readonly value: Expression;
  readonly direction: "ascending" | "descending";
}

/**
 * What a dimension knows of the past.
 * `current`: nothing; it is rebuilt from the current state.
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
  /** 2 where an attribute cuts versions (Types 2 and 6): one row per version. Else 1: one row per member, whatever is remembered of it. */
  readonly scdType: 1 | 2;
  /** Column names: `key` is the key of a row (`customer_key`); `durableKey` exists beside it where rows are versions. */
  readonly columns: { readonly key: string; readonly durableKey: string | null };
  readonly naturalKey: readonly DimensionColumn[];
  readonly attributes: readonly Attribute[];
  readonly rows: RowSource;
  /** The joins whose own history counts; the others give the values of today. */
  readonly joinedHistories: readonly JoinedHistory[];
  /** How several rows of one key become one; null where the rows are unique. */
  readonly collapse: { readonly kind: "keep"; readonly order: readonly SortTerm[] } | { readonly kind: "distinct" } | null;
  readonly history: DimensionHistory;
  /** The columns of its source, in order: of rows that nothing else puts in order the one with the greatest values counts. Empty where no history is read. */
  readonly ties: readonly Expression[];
  readonly deletes: "close" | "ignore" | "tombstone";
  /** Over a snapshot that closes members: the share of them at which a run stops, having closed nothing; else null. */
  readonly deleteGuard: number | null;
  readonly firstVersionFrom: "beginning" | "first_seen";
  readonly outriggers: readonly Outrigger[];
  readonly hierarchy: readonly string[];
  /** Levels whose names occur under several parents. */
  readonly repeatedLevels: readonly string[];
  /** Whether rows are combinations of flags that facts hold themselves: their key follows from the flags, so nothing is looked up. */
  readonly junk: boolean;
  /** Type 4: the dimension whose versions this table holds (`dim_customer` of `dim_customer_history`), or null. */
  readonly historyOf: string | null;
  /** The mini-dimension whose combinations of values this table tells over time, and the column of its key; else null. */
  readonly profile: { readonly dimension: string; readonly key: string } | null;
  /** In a mini-dimension: the table that tells which member had which combination from when to when, where facts look its key up; else null. */
  readonly profileOf: string | null;
  /** Model name it had before (`dim_client`), or null. */
  readonly renamedFrom: string | null;
  /** dbt models below the dimension, null where the form does not need them: what a snapshot looks at, and what is worked out of a history. */
  readonly models: { readonly joined: string | null; readonly versioned: string | null; readonly referenced: string | null };
  /** Whether a run works out only the members of whom the change log tells something new; else all of them. */
  readonly isMerged: boolean;
  /** Whether members that facts name and the source lacks get a row of their own (`is_inferred`), and the rows that name them. */
  readonly infers: boolean;
  readonly references: readonly MemberReference[];
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

/** The times of a day; built when referenced. `name` is always `dim_time`. */
export interface TimeDimension extends ModelNode {
  readonly kind: "time";
  readonly entity: "time";
  readonly domain: string;
  readonly grain: "minute" | "second";
}

/** Any dimension of the model. */
export type Dimension = EntityDimension | DateDimension | TimeDimension;
