/** A value as the text the warehouse shows, or NULL. */
export type Value = string | null;

/** An instant in UTC as `YYYY-MM-DD HH:MM:SS.ffffff`: compares as text. */
export type Instant = string;

/** The natural key of a member, part by part. A key with a NULL part names nobody (K13). */
export type Key = readonly Value[];

/** The columns of one row of a source, by name. */
export type Values = Readonly<Record<string, Value>>;

/** One line of a change log. */
export interface Change {
  readonly key: Key;
  readonly at: Instant;
  readonly sequence: number;
  readonly deletes: boolean;
  readonly values: Values;
}

/** One row of a table that holds what is true now. `touched` orders rows of one key. */
export interface CurrentRow {
  readonly key: Key;
  readonly touched: Instant;
  readonly values: Values;
}

/** One row of an extract that holds the whole table of its moment. */
export interface ExtractRow {
  readonly key: Key;
  readonly at: Instant;
  readonly values: Values;
}

/** What a source says about one member: from each moment on these values, or nothing (NULL: it is not there). Moments rise. */
export interface Timeline {
  readonly key: Key;
  readonly states: readonly { readonly at: Instant; readonly values: Values | null }[];
}

/** An attribute: its column in the source, and for Types 3 and 6 the name of the second column that shows it. */
export interface Attribute {
  readonly name: string;
  readonly source: string;
  readonly scd: 0 | 1 | 2 | 3 | 6;
  readonly beside?: string;
  /** Names of the bands that values lie in, with the hundredths below which they do; the last one has no end. */
  readonly bands?: readonly (readonly [name: string, below: bigint | null])[];
}

/** A dimension as a spec describes it. */
export interface Dimension {
  readonly type: 1 | 2;
  readonly attributes: readonly Attribute[];
  readonly deletes: "close" | "ignore" | "tombstone";
  readonly firstVersionFrom: "beginning" | "first_seen";
  /** What a member shows whom facts name before its source does; without it such members get no row. */
  readonly stub?: Values;
}

/** A row that a dimension must hold. `opened` is when the version was first seen, `first` whether it is the member's first; `from` may reach back to the beginning. */
export interface Version {
  readonly key: Key;
  readonly values: Values;
  readonly opened: Instant;
  readonly first: boolean;
  readonly from: Instant;
  readonly to: Instant;
  readonly current: boolean;
  readonly deleted: boolean;
  readonly inferred: boolean;
}

/** Where versions that reach back to the beginning start. */
export const BEGINNING: Instant = "1900-01-01 00:00:00.000000";

/** Where versions end that hold today. */
export const OPEN_END: Instant = "9999-12-31 00:00:00.000000";
