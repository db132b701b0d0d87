import { builtInColumns } from "../../calendar.ts";
import type { Fact, ForeignKey } from "../../fact.ts";
import { dimensionModel } from "../../names.ts";
import type { LogicalType } from "../../types.ts";
import type { LinkContext } from "../context.ts";
import { matchingKey } from "../fact/inherited-keys.ts";
import type { MartDraft } from "./draft.ts";

/** By role or name; in a second fact also as the only key to the dimension that the first one found. Null where there is none. */
export function keyOf(qualifier: string, fact: Fact, dimension: string | null): ForeignKey | null {
  return matchingKey(fact.foreignKeys, qualifier, null) ?? (dimension === null ? null : matchingKey(fact.foreignKeys, dimension, null));
}

/** The key that a qualifier means in one of a mart's facts; null where there is none, or one to another dimension than in the first fact. */
export function sharedKey(qualifier: string, index: number, { facts }: MartDraft): ForeignKey | null {
  const [first, fact] = [facts[0], facts[index]];
  const dimension = first === undefined || index === 0 ? null : (keyOf(qualifier, first, null)?.dimension ?? null);
  const key = fact === undefined ? null : keyOf(qualifier, fact, dimension);
  return key === null || (dimension !== null && key.dimension !== dimension) ? null : key;
}

/** All keys of a fact to the dimension of a name. */
export function keysTo(dimension: string, fact: Fact): readonly ForeignKey[] {
  return fact.foreignKeys.filter((one) => one.dimension === dimensionModel(dimension));
}

/** What can be said of a member: the parts of its natural key and its attributes. */
export function attributesOf(
  dimension: string,
  context: LinkContext,
): readonly { readonly name: string; readonly type: LogicalType; readonly description: string }[] {
  const found = context.dimensions.get(dimension);
  if (found === undefined) return [];
  if (found.kind !== "table") return builtInColumns(found);
  return [...found.naturalKey, ...found.attributes];
}
