import type { LogicalType } from "../../model/types.ts";
import { typeText } from "../../model/logical-type.ts";

/** How a column is shown in the data dictionary; texts as they stand in the specs. */
export interface ShownColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly meaning: string;
  /** Columns it is made from, as `shop.orders.amount` or `fct_orders.order_amount`. */
  readonly from: readonly string[];
  /** "" for none, else how personal data is kept: `plain`, `hashed`, `masked`. */
  readonly pii: string;
}

/** A column of our own: no source, no personal data. */
export function generated(name: string, type: LogicalType, meaning: string): ShownColumn {
  return { name, type, meaning, from: [], pii: "" };
}

/** The type as specs spell it. */
export function shownType(column: ShownColumn): string {
  return typeText(column.type);
}
