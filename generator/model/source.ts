import type { Expression } from "./expression.ts";
import type { LogicalType, ModelNode } from "./types.ts";

/** How strictly a failed check or cleaning step is taken. `quarantine` is not here until its issue. */
export type OnFailure = "fail" | "warn";

/** One cleaning step of staging, in order; a column's `clean`. */
export type CleanStep =
  | { readonly kind: "trim" | "squeeze" | "lower" | "upper" }
  | { readonly kind: "nullif"; readonly values: readonly string[] }
  | { readonly kind: "map"; readonly values: readonly { readonly from: string; readonly to: string }[]; readonly otherwise: "keep" | "null" | "fail" }
  | { readonly kind: "replace"; readonly search: string; readonly by: string }
  | { readonly kind: "parse"; readonly format: string }
  | { readonly kind: "epoch"; readonly unit: EpochUnit }
  | { readonly kind: "scale"; readonly factor: string }
  | { readonly kind: "json"; readonly path: string }
  | { readonly kind: "default"; readonly value: string | number | boolean };

/** What a number counts since 1970-01-01 in UTC. */
export type EpochUnit = "days" | "seconds" | "milliseconds" | "microseconds" | "nanoseconds";

/** Decimals of a unit in microseconds: a second is 10^6 of them, a nanosecond 10^-3. */
export const epochDecimals = { seconds: 6, milliseconds: 3, microseconds: 0, nanoseconds: -3 } as const;

/** A data test wished for by a contract, on one column or on the whole table (`column` null). Column names are staging names. */
export interface Check {
  readonly kind:
    | "not_null" | "unique" | "range" | "enum" | "regex" | "length" | "relationship" | "volume" | "custom";
  readonly column: string | null;
  readonly params: CheckParameters;
  readonly severity: "error" | "warn";
  readonly description: string;
}

/** Parameters of a check; those that its kind does not use are absent. */
export interface CheckParameters {
  readonly min?: number | string;
  readonly max?: number | string;
  readonly values?: readonly (string | number | boolean)[];
  readonly pattern?: string;
  readonly columns?: readonly string[];
  readonly to?: { readonly table: string; readonly columns: readonly string[] };
  readonly expression?: Expression;
  /** A generic dbt test that somebody writes by hand, with the arguments it is given. */
  readonly test?: { readonly name: string; readonly arguments: { readonly [name: string]: string | number | boolean } };
}

/** One column of a source table as staging offers it. */
export interface SourceColumn extends ModelNode {
  /** `name` is the staging name; this is the name in the contract. */
  readonly physicalName: string;
  /** Field of the source that it is read from, where that has another name: several may be read from one. */
  readonly readFrom?: string;
  /** Column in which our own extraction lands that field, where it cannot bear the field's name. */
  readonly landedAs?: string;
  readonly type: LogicalType;
  /** Type of the value that `protect` then hashes or masks; without protection the same. */
  readonly valueType: LogicalType;
  /** The type before cleaning, where it differs or is declared. */
  readonly physicalType: LogicalType | null;
  readonly nullable: boolean;
  readonly description: string;
  readonly businessDefinition: string;
  readonly pii: boolean;
  readonly classification: "public" | "internal" | "confidential" | "restricted" | null;
  readonly protect: "none" | "hash" | "mask" | "drop";
  readonly unit: string | null;
  readonly deprecated: boolean;
  /** Staging name it had before, or null. */
  readonly renamedFrom: string | null;
  /**
   * Zone a zoneless timestamp was written in: an IANA name, `{column}`, "local" for wall-clock time, or null where it is an instant
   * already. `default` counts for values without an offset of their own.
   */
  readonly zone: { readonly kind: "fixed" | "default"; readonly name: string } | { readonly kind: "column"; readonly column: string } | { readonly kind: "local" } | null;
  readonly clean: readonly CleanStep[];
  /** What becomes of a value that `map`, `parse` or the cast cannot take. */
  readonly onFailure: OnFailure;
}

/** Columns that our own extraction adds to what stands in the files; a contract may name them to use them. */
export const landingColumns: ReadonlySet<string> = new Set(["_extracted_at", "_source", "_source_row"]);

/** The field of the source that a column is read from: what a file calls it. */
export function fieldName({ readFrom, physicalName }: Pick<SourceColumn, "readFrom" | "physicalName">): string {
  return readFrom ?? physicalName;
}

/** The column of the raw table that a column is read from. */
export function rawName(column: Pick<SourceColumn, "readFrom" | "physicalName" | "landedAs">): string {
  return column.landedAs ?? fieldName(column);
}

/** The raw tables that hold the rows of a source table. */
export function rawTables({ table, physical, shards }: Pick<SourceTable, "table" | "physical" | "shards">): readonly Shard[] {
  return shards ?? [{ name: table, table: physical.table, isClosed: false }];
}

/** Field that tells which of several raw tables a row came from; staging adds it, none of them has it. */
export const SHARD_FIELD = "_table";

/** Whether a column tells which of several raw tables a row came from. */
export function namesShard(column: SourceColumn, { shards }: Pick<SourceTable, "shards">): boolean {
  return shards !== undefined && rawName(column) === SHARD_FIELD;
}

/** True where another column of the contract is read from the same raw column. */
export function sharesItsSource(column: SourceColumn, table: Pick<SourceTable, "columns">): boolean {
  return table.columns.filter((one) => rawName(one) === rawName(column)).length > 1;
}

/** How history can be known from a source table. Column names are staging names. */
export type SourceHistory =
  | { readonly kind: "current_state" }
  | { readonly kind: "append_only" }
  | { readonly kind: "change_log"; readonly effectiveAt: string; readonly sequence: readonly string[]; readonly operation: { readonly column: string; readonly delete: readonly string[] } | null }
  | { readonly kind: "periodic_extract"; readonly extractDate: string };

/** A declared reference of one or more columns to the key of another source table. */
export interface SourceReference {
  readonly columns: readonly string[];
  /** Id of the table referred to. */
  readonly to: string;
  readonly toColumns: readonly string[];
}

/** One of several raw tables of one layout. */
export interface Shard {
  /** Its name in the dbt source. */
  readonly name: string;
  /** Its name in the warehouse. */
  readonly table: string;
  /** True where it gets no more rows, so that none can be late. */
  readonly isClosed: boolean;
}

/** A source table: one contract. `name` is its id, `<source>.<table>`. */
export interface SourceTable extends ModelNode {
  readonly source: string;
  readonly table: string;
  /** Name of the dbt source that holds it (one per physical schema). */
  readonly dbtSource: string;
  readonly physical: { readonly database: string | null; readonly schema: string; readonly table: string };
  /** The raw tables that hold its rows together, where it is not one alone: `physical.table`. */
  readonly shards?: readonly Shard[];
  readonly description: string;
  readonly version: string;
  readonly owner: string | null;
  readonly consumers: readonly string[];
  readonly sla: { readonly freshnessHours: number | null; readonly availabilityPercent: number | null; readonly supportHours: string | null };
  readonly breakingChangePolicy: string | null;
  readonly notificationChannel: string | null;
  readonly columns: readonly SourceColumn[];
  readonly primaryKey: readonly string[];
  readonly references: readonly SourceReference[];
  /** Hours after which the last load is too old: to warn of, and to fail for. */
  readonly freshness: { readonly warnAfter: number | null; readonly errorAfter: number | null };
  /** Physical name of the load time column, for freshness; staging offers it as `loadedAtColumn`. */
  readonly loadedAt: string | null;
  readonly loadedAtColumn: string | null;
  readonly updatedAt: string | null;
  readonly deduplicate: { readonly keep: "latest" | "earliest"; readonly by: readonly string[] } | null;
  readonly history: SourceHistory;
  readonly checks: readonly Check[];
  /** "text" where our own extraction lands every value as text, else "typed". */
  readonly landing: "text" | "typed";
  /** Tool that loads it, for dbt's `loader`. */
  readonly loader: string;
  /** dbt model names, fixed in names.ts. `current` is null where staging already holds the current state. */
  readonly models: { readonly staging: string; readonly current: string | null };
  /** Id it had before, or null. */
  readonly renamedFrom: string | null;
}
