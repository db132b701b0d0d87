import { keyParts } from "../model/attributes.ts";
import type { EntityDimension } from "../model/dimension.ts";
import { same } from "./canonical.ts";
import { shown } from "./shown.ts";
import type { Finding } from "./types.ts";

/**
 * What changed in the columns that a dimension has besides its natural key and attributes: keys, the span of a version, flags. That
 * they come and go follows from other changes; that consumers miss them does not.
 */
export function ownColumnChanges(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  const place = { part: "columns", shownOnly: true, origin: after.origin, originBefore: before.origin };
  const renamed = namesOfKeys(before, after);
  const [old, now] = [before, after].map((one) => new Set(ownColumns(one)));
  const gone = [...(old ?? [])].filter((one) => now?.has(one) === false && !renamed.some(([was]) => was === one));
  const fresh = [...(now ?? [])].filter((one) => old?.has(one) === false && !renamed.some(([, is]) => is === one));
  return [
    ...renamed.map(([was, is]): Finding => ({ ...place, rule: "SC302", message: "key renamed", before: was, after: is, column: [was, is] })),
    ...(gone.length > 0 ? [{ ...place, rule: "SC301", message: "columns removed", before: shown(gone), column: gone } as const] : []),
    ...(fresh.length > 0 ? [{ ...place, rule: "SC201", message: "columns added", after: shown(fresh), column: fresh } as const] : []),
  ];
}

/** Rows that tell themselves apart by their values have a key that is hashed from these in their order; of a mini-dimension, the table that tells who had which values when holds it, too. */
export function orderChange(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  const [was, is] = [before, after].map((one) => (one.profile === null ? keyParts(one) : one.attributes).map(({ name }) => name));
  if ((before.naturalKey.length > 0 && before.profile === null) || same(was, is) || !same(was?.toSorted(), is?.toSorted())) return [];
  return [{ rule: "GR801", part: "attributes", message: "order of attributes changed, of which the key is made", before: shown(was), after: shown(is), column: after.profile === null ? after.columns.key : "*", origin: after.origin, originBefore: before.origin }];
}

function namesOfKeys(before: EntityDimension, after: EntityDimension): readonly (readonly [was: string, is: string])[] {
  const pairs = [[before.columns.key, after.columns.key], [before.columns.durableKey, after.columns.durableKey]] as const;
  return pairs.flatMap(([was, is]) => (was === null || is === null || was === is ? [] : [[was, is] as const]));
}

function ownColumns(one: EntityDimension): readonly string[] {
  return [
    one.columns.key,
    ...(one.columns.durableKey === null ? [] : [one.columns.durableKey]),
    ...(one.scdType === 2 ? ["valid_from", "valid_to", "is_current"] : []),
    ...(one.deletes === "tombstone" ? ["is_deleted"] : []),
    ...(one.infers ? ["is_inferred"] : []),
  ];
}
