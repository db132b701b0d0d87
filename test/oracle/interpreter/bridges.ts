import { BEGINNING, OPEN_END } from "./types.ts";
import type { Instant, Key, Value, Version } from "./types.ts";

/** Somebody named as a member of a group, from when to when, with the share that is stated; NULL: all have equal shares. */
export interface Membership {
  readonly member: Key;
  readonly from: Instant;
  readonly to: Instant;
  readonly share: number | null;
}

/** A row of a bridge: how a member is shown, null where nobody is known, and the share of the group. */
export interface Belonging {
  readonly member: Version | null;
  readonly weight: number;
}

/** Who belongs to a group in a span of time. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly members: readonly Belonging[];
}

/** Those who belong together; all who are not known are one, and so is the one of a group that has nobody. */
export function belongings(memberships: readonly Membership[], shown: (member: Key) => Version | null): readonly Belonging[] {
  if (memberships.length === 0) return [{ member: null, weight: 1 }];
  const weights = new Map<Version | null, number>();
  for (const { member, share } of memberships) {
    const version = shown(member);
    weights.set(version, (weights.get(version) ?? 0) + (share ?? 1 / memberships.length));
  }
  return [...weights].map(([member, weight]) => ({ member, weight }));
}

/**
 * The time of a group, cut wherever a membership begins or ends and wherever a member that has versions changes, goes or comes back. Whoever
 * belonged first belonged before, too; a group without members has nobody all the time.
 */
export function spansOf(memberships: readonly Membership[], versions: (member: Key) => readonly Version[], changes: boolean): readonly Span[] {
  const within = ({ member, from, to }: Membership) => (changes ? versions(member).flatMap((one) => [one.from, one.to]).filter((at) => from < at && at < to) : []);
  const cuts = [...new Set(memberships.flatMap((one) => [one.from, one.to, ...within(one)]))].filter((at) => at < OPEN_END).sort();
  if (cuts.length === 0) return [{ from: BEGINNING, to: OPEN_END, members: belongings([], () => null) }];
  return cuts.map((at, position) => {
    const shown = (member: Key) => versions(member).find((one) => !changes || (one.from <= at && at < one.to)) ?? null;
    return { from: position === 0 && BEGINNING < at ? BEGINNING : at, to: cuts[position + 1] ?? OPEN_END, members: belongings(memberships.filter((one) => one.from <= at && at < one.to), shown) };
  });
}

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
