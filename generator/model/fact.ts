import type { Expression } from "./expression.ts";
import type { MartCalculation } from "./mart-calculation.ts";
import type { RowSource } from "./rows.ts";
import type { LogicalType, ModelNode } from "./types.ts";

/** Aggregations of measures. */
export type Aggregation = "sum" | "avg" | "median" | "min" | "max" | "count" | "count_distinct";

/**
 * A measure of a periodic snapshot; `expression` is over the source's rows. `activity` is aggregated within the period, `movements` are
 * summed from the first row to the period's end, `readings` give the last value of the period. `absent` is what a period without a row holds.
 */
export interface PeriodValue {
  readonly kind: "period";
  readonly how: "activity" | "movements" | "readings";
  readonly aggregation: Aggregation;
  readonly absent: "carry_forward" | "zero" | "null";
  readonly expression: Expression;
}

/** How a measure may be summed (Kimball, chapter 3). */
export type Additivity = "additive" | "semi_additive" | "non_additive";

/** A numeric column of a fact. */
export interface Measure extends ModelNode {
  readonly type: LogicalType;
  readonly additivity: Additivity;
  readonly aggregation: Aggregation;
  readonly description: string;
  readonly unit: string | null;
  /**
   * `row`: a value of each row (a `where` is folded in as case when; dimension attributes appear as columns of the dimension's alias).
   * `rollup`: an aggregate over the rows of the source fact that share the grain key; dimension attributes appear as in `row`. What
   * is the same in all of those rows is taken once, by `max`.
   * `derived`: computed from other measures of this fact after the roll-up (columns with input null).
   */
  readonly value:
    | { readonly kind: "row"; readonly expression: Expression }
    | { readonly kind: "rollup"; readonly aggregation: Aggregation; readonly expression: Expression }
    | { readonly kind: "derived"; readonly expression: Expression }
    | PeriodValue;
  /** Semi-additive over time: how the period is closed. */
  readonly over: { readonly role: string; readonly how: "last" | "first" | "avg" | "min" | "max" } | null;
  /** Ratios are kept as parts, names of measures of the same fact: a measure with a ratio is no column of the fact, marts compute it from the sums of its parts. */
  readonly ratio: { readonly numerator: string; readonly denominator: string } | null;
  /** Column it was before: as stated, or as the source column it takes its name from was. */
  readonly renamedFrom: string | null;
}

/** An id kept in the fact without a dimension of its own. */
export interface DegenerateDimension extends ModelNode {
  readonly type: LogicalType;
  readonly value: Expression;
  readonly description: string;
  /** Column it was before, as in measures. */
  readonly renamedFrom: string | null;
}

/** A step of an accumulating snapshot: `column` holds its time in the fact; NULL until it is reached. */
export interface Milestone extends ModelNode {
  readonly column: string;
  readonly value: Expression;
  readonly description: string;
}

/** A foreign key of a fact. `name` is the column, e.g. `customer_key`, `ship_date_key`. */
export interface ForeignKey extends ModelNode {
  readonly dimension: string;
  /** Role of a role-playing dimension, else null. */
  readonly role: string | null;
  /** Name under which expressions and marts speak of it: the role, or the dimension. */
  readonly alias: string;
  /** Column it was before: as stated, or before its dimension was renamed. */
  readonly renamedFrom: string | null;
  /**
   * `lookup`: left join on member columns, as of a time for Type 2. `date`, `time`: computed from a date or time. `combination`: computed from the flags of a junk dimension. `inherited`: taken over from the source fact (roll-up).
   */
  readonly lookup:
    | { readonly kind: "lookup"; readonly on: readonly { readonly value: Expression; readonly member: string }[]; readonly asOf: AsOf | null; readonly earlyArriving: "first_version" | "unknown"; /** Where the key is looked up, if not in the dimension: the history of a mini-dimension. */ readonly through?: string }
    | { readonly kind: "combination"; readonly values: readonly { readonly value: Expression; readonly type: LogicalType }[] }
    | { readonly kind: "date"; readonly value: Expression }
    | { readonly kind: "time"; readonly value: Expression; readonly grain: "minute" | "second" }
    | { readonly kind: "inherited"; readonly column: string };
}

/** The instant at which a Type 2 version must be valid. A date is taken at the start or end of its day in the project's zone. */
export interface AsOf {
  readonly value: Expression;
  readonly precision: "instant" | "date";
  readonly dates: "end_of_day" | "start_of_day";
}

/** One row for each entity and period, from the entity's first row to the last closed period, without a gap (Kimball, chapter 4). */
export interface PeriodicSnapshot {
  readonly period: "day" | "week" | "month";
  /** When a row of the source counts, a day or an instant. */
  readonly time: Expression;
  /** A period is closed by a row of a later one, or by the day that the run stands for. */
  readonly through: "latest_row" | "run";
  /** What is followed, as columns of the source's rows. */
  readonly entity: Fact["grain"];
  /** Columns that put readings of one instant in order. */
  readonly ties: readonly Expression[];
}

/**
 * How the events of a process become one row of an accumulating snapshot; columns of the base's table by their names. The row then has the
 * columns of the process, one for each milestone, and every other column as the newest event tells it that holds a value.
 */
export interface MilestoneEvents {
  readonly process: readonly { readonly name: string; readonly type: LogicalType }[];
  /** Column that says what happened. */
  readonly type: string;
  readonly time: { readonly name: string; readonly type: LogicalType };
  /** Columns that put events in order; the last one of a type counts. */
  readonly order: readonly { readonly name: string; readonly type: LogicalType }[];
  readonly milestones: readonly { readonly column: string; readonly event: string }[];
}

/** Name under which keys, grain and event time of a periodic snapshot read its periods. */
export const PERIODS = "periods";

/** A fact table. `name` is the dbt model, e.g. `fct_order_lines`. */
export interface Fact extends ModelNode {
  readonly process: string;
  readonly domain: string;
  readonly owner: string | null;
  readonly description: string;
  readonly grainStatement: string;
  readonly kind: "transaction" | "factless" | "accumulating_snapshot" | "periodic_snapshot";
  /** The hashed grain key column, e.g. `order_lines_key`. */
  readonly keyColumn: string;
  readonly grain: readonly { readonly name: string; readonly type: LogicalType; readonly value: Expression }[];
  readonly rows: RowSource;
  /** The filter of its rows as the spec writes it. */
  readonly filter: string | null;
  /** True where `rows.base` is another fact and rows are grouped by the grain. */
  readonly rollup: boolean;
  /** How periods are made of the source's rows; keys, grain and event time are then over the columns of the input `periods`. Null for other kinds. */
  readonly periodic: PeriodicSnapshot | null;
  readonly eventTime: { readonly value: Expression; readonly column: string; readonly precision: "instant" | "date" } | null;
  readonly foreignKeys: readonly ForeignKey[];
  /** Foreign keys of the source fact over which a roll-up reads attributes without having them itself; all `inherited`. */
  readonly sourceKeys: readonly ForeignKey[];
  readonly degenerates: readonly DegenerateDimension[];
  readonly measures: readonly Measure[];
  /** The steps of an accumulating snapshot in their order, and what rows do that break it; null for other facts. */
  readonly milestones: { readonly steps: readonly Milestone[]; readonly outOfOrder: "warn" | "fail" } | null;
  /** How its rows are made of events, one row each, where milestones are no columns; null where its base has a row for each process. */
  readonly events: MilestoneEvents | null;
  /** How it is written. `corrections`: what the source takes back or corrects is overwritten, or taken back by entries of its own. */
  readonly load: { /** As the spec says. */ readonly stated: string | null; /** As stated, else as decided (`chooseLoad`); null only while the model is being linked. */ readonly strategy: string | null; readonly corrections: "removal" | "reversal"; /** How far before the newest load time an increment reads its source again, and the column of that time; null: it reads and compares all. */ readonly lookback: { readonly days: number; readonly loadedAt: Expression } | null; readonly partitionBy: string | null; readonly clusterBy: readonly string[] };
  readonly contractEnforced: boolean;
  /** Number that the contract of the fact bears for those who read it, or null. */
  readonly contractVersion: number | null;
  /** Model name it had before (`fct_purchases`), or null. */
  readonly renamedFrom: string | null;
  readonly exposures: readonly Exposure[];
}

/** A dashboard or other use of a fact or mart (dbt exposure). */
export interface Exposure extends ModelNode {
  readonly type: "dashboard" | "notebook" | "analysis" | "ml" | "application";
  readonly owner: string | null;
  readonly url: string | null;
  readonly description: string;
}

/** A column a mart is grouped by: an attribute reached over a foreign key, or a degenerate dimension. One entry of `keys` per input fact. */
export interface MartGroup extends ModelNode {
  readonly type: LogicalType;
  readonly description: string;
  /** Column it was before: as stated, or as the attribute it takes its name from was. */
  readonly renamedFrom: string | null;
  readonly keys: readonly ({ readonly kind: "attribute"; readonly foreignKey: string; readonly dimension: string; readonly attribute: string } | { readonly kind: "degenerate"; readonly column: string })[];
}

/**
 * An aggregate in a mart. `fact` is an index into `facts`. Columns of `where` are the fact's (input null) or attributes over its
 * foreign keys (input: the key's alias). `filter` is `where` as the spec writes it.
 */
export interface MartMeasure extends ModelNode {
  readonly type: LogicalType;
  readonly description: string;
  readonly fact: number;
  readonly filter: string | null;
  /**
   * Through a bridge: `shared`, every member counts with its share of the row; `in_full`, every member, or every one above, counts the
   * whole row (an impact figure, which does not add up over them). Null where a row counts once.
   */
  readonly counted: "shared" | "in_full" | null;
  readonly value:
    | { readonly kind: "aggregate"; readonly aggregation: Aggregation; readonly column: string; readonly where: Expression | null }
    | { readonly kind: "ratio"; readonly numerator: string; readonly denominator: string; readonly where: Expression | null };
  /** Column it was before, or null. */
  readonly renamedFrom: string | null;
}

/**
 * A bridge by which a mart reaches what a fact has several of. `groupKey` is the fact's key to the bridge's group; `memberKey` is the
 * name that the bridge's key has beside the columns of the fact. `level` is that of a hierarchy, or null for all. `asOf` is the
 * fact's column of time at which the rows of a timed bridge must hold.
 */
export interface MartBridge {
  readonly bridge: string;
  readonly groupKey: string;
  readonly memberKey: string;
  readonly level: number | null;
  readonly asOf: { readonly column: string; readonly precision: "instant" | "date" } | null;
}

/** A fact of a mart: which of its rows count (columns as in `MartMeasure`), and the foreign keys over which groups and filters read attributes. */
export interface MartFact {
  readonly fact: string;
  readonly where: Expression | null;
  readonly keys: readonly { readonly foreignKey: string; readonly alias: string; readonly dimension: string }[];
  /** Bridges, in the order of the spec; the key of one stands among `keys`, under its `memberKey`. */
  readonly bridges: readonly MartBridge[];
}

/** An aggregate over one fact, or over several that share their groups (drill-across). `name` is the dbt model. */
export interface Mart extends ModelNode {
  readonly domain: string;
  readonly owner: string | null;
  readonly description: string;
  readonly facts: readonly MartFact[];
  /** The filter as the spec writes it. */
  readonly filter: string | null;
  readonly groups: readonly MartGroup[];
  readonly measures: readonly MartMeasure[];
  readonly calculations: readonly MartCalculation[];
  /** Moving sums over `periods` consecutive days/weeks/months of the date group `over`. */
  readonly rolling: { readonly over: string; readonly periods: number; readonly unit: "day" | "week" | "month"; readonly measures: readonly string[] } | null;
  /** Dimension whose members stay without facts, and the filter that members must meet, over its own columns (input null). */
  readonly include: { readonly dimension: string; readonly where: Expression | null } | null;
  readonly top: { readonly by: string; readonly n: number; readonly within: readonly string[] } | null;
  readonly exposures: readonly Exposure[];
  /** Which version of a mart with several it is: the latest bears its name (`of`), the others that with their number; else null. */
  readonly version: { readonly of: string; readonly number: number; readonly latest: boolean; readonly deprecated: string | null } | null;
  /** Model name it had before (`mrt_revenue_daily`), or null. */
  readonly renamedFrom: string | null;
}
