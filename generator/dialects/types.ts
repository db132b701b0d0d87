import type { LogicalType, ScalarKind } from "../model/types.ts";
import type { FunctionName } from "../model/expression.ts";

/**
 * A warehouse: data first, small functions second, no base class. All texts are SQL of that warehouse; arguments are
 * SQL texts already printed. `dialect.name ===` is forbidden outside this folder: ask a feature instead.
 */
export interface Dialect {
  readonly name: string;
  readonly title: string;
  /** The dbt adapter's pip requirement and profile `type`; `drivers` are requirements of dbt and dlt alike, pinned. */
  readonly adapter: { readonly type: string; readonly requirement: string; readonly drivers?: readonly string[] };
  /** SQL names of the scalar types, as the warehouse reports them (dbt contracts compare them). */
  readonly types: Readonly<Record<ScalarKind, string>>;
  readonly typeName: (type: LogicalType) => string;
  /** Longest identifier in bytes. */
  readonly identifierBytes: number;
  readonly reservedWords: ReadonlySet<string>;
  /** Columns that every table has anyway, so that none can be created under their names. */
  readonly systemColumns: ReadonlySet<string>;
  readonly quote: (identifier: string) => string;
  readonly stringLiteral: (text: string) => string;
  readonly features: {
    readonly qualify: boolean;
    readonly isDistinctFrom: boolean;
    /** Whether the engine's default text order is byte-wise. */
    readonly bytewiseText: boolean;
    /** Whether dbt enforces a check, unique and primary key constraint (else declared informational). */
    readonly enforcedConstraints: boolean;
    /** Whether a primary key is worth its index in large tables; on DuckDB it costs more time and memory than the table, and the unique test says as much. */
    readonly indexedKeys: boolean;
    /** Whether one process may write at a time (the pipelines then share a pool of one slot). */
    readonly singleWriter: boolean;
  };
  /** A function of the portable subset. */
  readonly call: (name: FunctionName, args: readonly string[], types: readonly (LogicalType | null)[], result: LogicalType) => string;
  /** `left / right` that never truncates, as double precision; by zero it raises (say so where `right` cannot be zero). */
  readonly divide: (left: string, right: string, neverZero?: boolean) => string;
  /** The digits to which the engine keeps a product of exact numbers neither of which has more: it overflows beyond. Null where a product has the digits it needs. */
  readonly productDigits: number | null;
  /** `text like pattern`; a backslash is a character like any other. */
  readonly like: (text: string, pattern: string, negated: boolean) => string;
  /** A text as something to sort or compare by `<`, byte-wise in any database. */
  readonly bytewise: (sql: string) => string;
  /** A cast of the portable subset, from a known type (null: unknown). */
  readonly cast: (sql: string, from: LogicalType | null, to: LogicalType) => string;
  /**
   * A cast that takes text as well as the type itself and refuses anything that is not exactly such a value. An instant without an
   * offset was written in `zone` (an SQL text), UTC without one.
   */
  readonly strictCast: (sql: string, to: LogicalType, zone?: string) => string;
  /** The same, but NULL for what `strictCast` refuses. */
  readonly tryCast: (sql: string, to: LogicalType, zone?: string) => string;
  /** Parses text by a strptime format (one that `supportsFormat`) as date, timestamp or timestamp_ntz, strictly; an instant without an offset was written in `zone`, UTC without one. */
  readonly parse: (sql: string, format: string, to: LogicalType, zone?: string) => string;
  /** The same, but NULL for what `parse` refuses. */
  readonly tryParse: (sql: string, format: string, to: LogicalType, zone?: string) => string;
  /** What lies a number of days (a date) or of whole microseconds (an instant) after 1970-01-01 in UTC. */
  readonly fromEpoch: (sql: string, to: "date" | "timestamp") => string;
  /** Zoneless local time in a zone (an SQL text: literal or column) as an instant in UTC. */
  readonly toInstant: (sql: string, zone: string) => string;
  /** An instant as local time of a zone. */
  readonly toLocal: (sql: string, zone: string) => string;
  /** True where a value is a timestamp already, without a zone or with one, if the engine knows so before it reads a row; else null. */
  readonly isTimestamp: ((sql: string, zoned: boolean) => string) | null;
  /** Canonical text of a value for key hashing: the same on every dialect, session and locale. */
  readonly keyText: (sql: string, type: LogicalType) => string;
  readonly md5: (sql: string) => string;
  readonly sha256: (sql: string) => string;
  /** yyyymmdd of a date, as integer. */
  readonly dateKey: (sql: string) => string;
  /** `sql + n days` for a date or timestamp, same type. */
  readonly addDays: (sql: string, days: number, type: LogicalType) => string;
  /** Of one row, one row for each first day of a period between two dates (both first days of periods): an item of a select list. */
  readonly series: (from: string, to: string, period: "day" | "week" | "month") => string;
  /** A query (one column `date_day`) of all days of a closed range of ISO dates, laid out over several lines. */
  readonly days: (from: string, to: string) => string;
  /** A query (one column `number`) of the whole numbers from 0 to below a count. */
  readonly numbers: (count: number) => string;
  /** A field of a date as integer; `iso_week`, `day_of_week` is ISO (Monday 1). */
  readonly datePart: (part: "year" | "quarter" | "month" | "iso_week" | "day" | "day_of_week", sql: string) => string;
  /** Squeezes runs of white space to one blank. */
  readonly squeeze: (sql: string) => string;
  /** The text of a scalar at a path (`$.a.b`) of a JSON text; NULL where there is none. */
  readonly jsonPath: (sql: string, path: string) => string;
  /** True where a text is JSON. */
  readonly isJson: (sql: string) => string;
  /** True where a regular expression occurs in a text. */
  readonly matches: (sql: string, pattern: string) => string;
  /** UTC now, as a zoneless timestamp. */
  readonly utcNow: string;
  /** Value of `profiles.yml`: the outputs by target name, and the default target. Secrets are env_var calls. */
  readonly profile: (project: string) => { readonly target: string; readonly outputs: { readonly [target: string]: { readonly [key: string]: string | number | { readonly [key: string]: string } } } };
  /** The most gigabytes that it should hold, or take in a day (guide, phase 1, columns Avoid When); null where the guide sets no mark. */
  readonly avoidAbove: { readonly what: "held" | "daily"; readonly gb: number } | null;
  /**
   * How a stored column gets another type. `attempt` casts or gives NULL; `readers` is a count of the views that hinder it; arguments are
   * SQL texts. `reported` are our names of types by the catalog's, without blanks.
   */
  readonly retype: { readonly attempt: (sql: string, type: string) => string; readonly readers: (relation: string, column: string) => string; readonly reported: { readonly [name: string]: string } };
  /** What changing tables that hold data costs here, for plans. */
  readonly ddl: Readonly<Record<DdlAction, DdlRisk>>;
  /** sqlfluff's name of the dialect. */
  readonly sqlfluff: string;
  /** dlt destination, and how the extraction gets its credentials. */
  readonly dlt: { readonly destination: string; readonly requirement: string; readonly credentials: (project: string) => readonly DltCredential[] };
}

/** What happens to a table when its model changes: dbt builds it anew, or what is stored is altered in place. */
export type DdlAction = "rebuild" | "add_column" | "rename_column" | "rename_table" | "widen_column" | "retype_column" | "keep_column" | "leave_table";

/** How dangerous such a step is, and why. */
export interface DdlRisk {
  readonly risk: "none" | "low" | "high";
  readonly note: string;
}

/** One argument of dlt's credentials: it comes from an environment variable, the same one that the dbt profile reads. */
export interface DltCredential {
  readonly argument: string;
  readonly variable: string;
  /** What counts where the variable is not set; null where it must be. */
  readonly fallback: string | null;
  /** A `path` is relative to the dbt folder, as in the profile. */
  readonly kind: "text" | "path" | "secret";
  /** What it is, for the README's table. */
  readonly meaning: string;
}
