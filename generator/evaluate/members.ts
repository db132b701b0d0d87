import type { DimensionColumn } from "../model/dimension.ts";
import { canonicalText, castValue } from "./cast.ts";
import { evaluate, type Row } from "./expression.ts";
import type { Values } from "./rows.ts";
import type { Value } from "./value.ts";

/** Something that belongs to a member, under its natural key. */
export interface Keyed {
  readonly key: readonly Value[];
}

/** Columns of a dimension over a row, each in its type. */
export function columnValues(columns: readonly DimensionColumn[], row: Row): Values {
  return new Map(columns.map((one) => [one.name, castValue(evaluate(one.value, row), one.type)]));
}

/** What belongs together, in the order of the first of each member; what has no whole key belongs to nobody. */
export function byMember<Item extends Keyed>(items: readonly Item[]): readonly (readonly Item[])[] {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    if (item.key.includes(null)) continue;
    const name = keyText(item.key);
    found.set(name, [...(found.get(name) ?? []), item]);
  }
  return [...found.values()];
}

/** A text that keys share only where they are the same. */
export function keyText(key: readonly Value[]): string {
  return JSON.stringify(key.map((one) => (one === null ? null : canonicalText(one))));
}
