import { OPEN_END } from "./types.ts";
import type { Instant, Value } from "./types.ts";

/** Somebody in a hierarchy and who is said to lie above. */
export interface Child {
  readonly key: Value;
  readonly parent: Value;
}

/** Somebody below somebody above, or below itself. */
export interface Descent {
  readonly below: Value;
  readonly above: Value;
  readonly depth: number;
  /** How many lie above the one above, itself included. */
  readonly level: number;
  readonly isBottom: boolean;
}

/** All pairs of a hierarchy: everybody with all above and with itself. A parent that is not known, or oneself, is none; in a circle everybody lies above everybody. */
export function descents(children: readonly Child[]): readonly Descent[] {
  const known = new Map(children.map((one) => [one.key, one]));
  const parentOf = (key: Value): Value => {
    const parent = known.get(key)?.parent ?? null;
    return parent !== key && known.has(parent) ? parent : null;
  };
  const above = new Map(children.map(({ key }) => [key, upwards(key, parentOf)]));
  const level = (key: Value): number => above.get(key)?.length ?? 0;
  const parents = new Set(children.map(({ key }) => parentOf(key)));
  return children.flatMap(({ key }) => (above.get(key) ?? []).map((one): Descent => ({ below: key, above: one, depth: level(key) - level(one), level: level(one), isBottom: !parents.has(key) })));
}

function upwards(key: Value, parentOf: (key: Value) => Value): readonly Value[] {
  const found: Value[] = [];
  for (let next: Value = key; next !== null && !found.includes(next); next = parentOf(next)) found.push(next);
  return found;
}

/** The same from when to when. */
export interface Placed extends Child {
  readonly from: Instant;
  readonly to: Instant;
}

/** Somebody who lay above somebody, or above itself, from when to when. */
export interface PastDescent extends Descent {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * All pairs of a hierarchy at all times. The time of each member is cut wherever what was known of itself, of anybody above it or of anybody right below it
 * began or ended; in between the pairs are those of any moment there. Who is not there at a time lies nowhere, and nobody lies below it.
 */
export function descentsOverTime(all: readonly Placed[]): readonly PastDescent[] {
  const moments = [...new Set(all.flatMap((one) => [one.from, one.to]))].filter((at) => at < OPEN_END).sort();
  const scenes = moments.map((at) => {
    const there = all.filter((one) => one.from <= at && at < one.to);
    return { at, there, pairs: descents(there) };
  });
  return [...new Set(all.map((one) => one.key))].flatMap((key) => spansOf(key, scenes));
}

interface Scene {
  readonly at: Instant;
  readonly there: readonly Placed[];
  readonly pairs: readonly Descent[];
}

function spansOf(key: Value, scenes: readonly Scene[]): readonly PastDescent[] {
  const cuts = scenes.filter((scene, position) => sight(key, scene) !== sight(key, scenes[position - 1]));
  return cuts.flatMap(({ at, pairs }, position) => pairs.filter((one) => one.below === key).map((one) => ({ ...one, from: at, to: cuts[position + 1]?.at ?? OPEN_END })));
}

/** What a member sees of a scene: what is known of itself, of those above it and of those right below it. */
function sight(key: Value, scene: Scene | undefined): string {
  const { there, pairs } = scene ?? { there: [], pairs: [] };
  const above = new Set(pairs.filter((one) => one.below === key).map((one) => one.above));
  const seen = there.filter((one) => above.has(one.key) || (above.has(key) && one.parent === key));
  return JSON.stringify(seen.map((one) => [one.key, one.from]));
}
