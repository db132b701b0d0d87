import { BEGINNING, OPEN_END } from "./types.ts";
import type { Instant, Key, Version } from "./types.ts";

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
