import type { Expression } from "./expression.ts";

/** What a generated model reads. `staging`/`current` name a source table id; the others a model object; `model` a hand-written dbt model. */
export interface InputReference {
  readonly kind: "staging" | "current" | "dimension" | "fact" | "model";
  /** Id of the source table (`shop.orders`), or name of the dimension, fact or dbt model. */
  readonly id: string;
  /** The dbt model that is read, e.g. `stg_shop__orders`, `int_shop__orders_current`, `fct_order_lines`. */
  readonly model: string;
}

/** One input of a row source under a name that is unique in it (a short readable word such as `orders`, never one letter). */
export interface RowInput {
  readonly alias: string;
  readonly reference: InputReference;
}

/** A join to an input that is unique on the join columns by its contract, so rows never fan out. */
export interface RowJoin {
  readonly input: RowInput;
  readonly type: "left" | "inner";
  readonly on: readonly { readonly left: Expression; readonly right: Expression }[];
}

/** Rows that a dimension or fact is made of: a base, its joins, a filter and, for dimensions, a collapse to one row per key. */
export interface RowSource {
  readonly base: RowInput;
  readonly joins: readonly RowJoin[];
  readonly where: Expression | null;
}
