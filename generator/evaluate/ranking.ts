import { compareValues } from "./compare.ts";
import type { Value } from "./value.ts";

/** Something that items are put in order by; NULL comes last in either direction. */
export interface RankTerm<Item> {
  readonly value: (item: Item) => Value;
  readonly direction: "ascending" | "descending";
}

/** The first of some items by the terms in order, or none of none. */
export function firstBy<Item>(items: readonly Item[], terms: readonly RankTerm<Item>[]): readonly Item[] {
  return [...items].sort((one, other) => compared(one, other, terms)).slice(0, 1);
}

function compared<Item>(one: Item, other: Item, terms: readonly RankTerm<Item>[]): number {
  for (const { value, direction } of terms) {
    const order = nullsLast(value(one), value(other), direction === "descending" ? -1 : 1);
    if (order !== 0) return order;
  }
  return 0;
}

function nullsLast(one: Value, other: Value, sign: 1 | -1): number {
  return one === null || other === null ? Number(one === null) - Number(other === null) : sign * compareValues(one, other);
}
