import type { LogicalType } from "./types.ts";

/** A column of one of the inputs of a row source, or of the select under construction (`input: null`). */
export interface ColumnReference {
  readonly kind: "column";
  readonly input: string | null;
  readonly name: string;
  readonly type: LogicalType;
}

/** A literal; `value` of decimals, dates and timestamps is their text. */
export interface Literal {
  readonly kind: "literal";
  readonly type: LogicalType | null;
  readonly value: string | number | boolean | null;
}

/** Binary operators of the portable subset. */
export type BinaryOperator =
  | "+" | "-" | "*" | "/" | "%" | "||" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "and" | "or" | "like" | "not like" | "is distinct from" | "is not distinct from";

/**
 * A typed expression of the portable subset (spec language, section Expressions). `type` is that of its value;
 * NULL literals have type null until they are used.
 */
export type Expression =
  | ColumnReference
  | Literal
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression; readonly type: LogicalType }
  | { readonly kind: "unary"; readonly operator: "not" | "-"; readonly operand: Expression; readonly type: LogicalType }
  | { readonly kind: "is_null"; readonly operand: Expression; readonly negated: boolean; readonly type: LogicalType }
  | { readonly kind: "in"; readonly operand: Expression; readonly options: readonly Expression[]; readonly negated: boolean; readonly type: LogicalType }
  | { readonly kind: "between"; readonly operand: Expression; readonly low: Expression; readonly high: Expression; readonly negated: boolean; readonly type: LogicalType }
  | { readonly kind: "case"; readonly branches: readonly { readonly when: Expression; readonly then: Expression }[]; readonly otherwise: Expression | null; readonly type: LogicalType }
  | { readonly kind: "cast"; readonly operand: Expression; readonly type: LogicalType }
  | { readonly kind: "call"; readonly function: FunctionName; readonly arguments: readonly Expression[]; readonly type: LogicalType }
  /** An instant as wall-clock time of a zone, by which its days are counted; or the way back. */
  | { readonly kind: "in_zone"; readonly operand: Expression; readonly zone: string; readonly type: LogicalType }
  /** `raw_sql` of a spec: one text per dialect, printed as written. */
  | { readonly kind: "raw"; readonly sql: { readonly [dialect: string]: string }; readonly type: LogicalType };

/**
 * Scalar functions of the portable subset, each printed by the dialect. Date functions take their unit first, as a text literal:
 * `date_trunc('month', x)`, `date_part('year', x)`, `date_add('day', n, x)`, `date_diff('day', from, to)`; `to_date(text, '%d/%m/%Y')`
 * takes an optional strptime format, `to_char(x, '%Y-%m')` one of strftime. Units are year, quarter, month, week, day, hour, minute, second; of
 * date_part also iso_week (for week), day_of_week (ISO) and day_of_year. `current_date` takes the zone of its day, UTC without one.
 */
export type FunctionName =
  | "coalesce" | "nullif" | "lower" | "upper" | "trim" | "ltrim" | "rtrim" | "length" | "substring" | "replace" | "concat" | "concat_ws"
  | "left" | "right" | "split_part" | "strpos" | "lpad" | "rpad" | "abs" | "sign" | "round" | "floor" | "ceil" | "trunc" | "sqrt" | "power" | "exp" | "ln" | "log10" | "mod"
  | "greatest" | "least" | "date_trunc" | "date_part" | "date_add" | "date_diff" | "to_date" | "to_char" | "current_date";
