import { hashed } from "../expectation.ts";
import { belongings, spansOf } from "../interpreter/bridges.ts";
import type { Belonging, Membership, Span } from "../interpreter/bridges.ts";
import { holds } from "../interpreter/facts.ts";
import { grouped } from "../interpreter/groups.ts";
import { BEGINNING, OPEN_END } from "../interpreter/types.ts";
import type { Key, Value } from "../interpreter/types.ts";
import { ownTimelines, remembering } from "../simulation.ts";
import type { Simulated } from "../simulation.ts";
import { NOBODY } from "../streams.ts";
import { dimensionNamed, keyOfTable } from "../tested.ts";
import type { Kind, Tested } from "../tested.ts";
import { besideGroup, byName, keyOfMember, nameOf, newest, sharedKeyOf } from "./bridge.ts";
import type { Led, TestedBridge } from "./bridge.ts";
import { once, roughly, shownInstant, shownRoughly } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";

/** A source of memberships; `share` is the column that tells shares, null for equal ones. */
export interface Memberships {
  readonly kind: Kind;
  readonly table: "shares" | "stakes";
  readonly share: "share" | null;
}

/** Who belongs to which group as a source tells now, each as its dimension shows it now. */
export function membershipsToday(name: string, group: string, member: string, { kind, table, share }: Memberships): TestedBridge {
  const sides = { group: dimensionNamed(group), member: dimensionNamed(member) };
  const parts = sides.group.key.length;
  const belonging = once((stream): ((name: string) => readonly Belonging[]) => {
    const members = newest(stream.versions(member));
    const told = gathered(ownTimelines(stream.played, kind, table, "close").flatMap(({ key, states }) => {
      const values = states.at(-1)?.values ?? null;
      return values === null ? [] : [{ group: key.slice(0, parts), member: key.slice(parts), from: BEGINNING, to: OPEN_END, share: share === null ? null : Number(values[share]) }];
    }));
    return remembering((one) => belongings(told.get(one) ?? [], (whom) => members.get(nameOf(whom)) ?? null));
  });
  const cells = (key: string, to: string, weight: number): readonly Value[] => [key, to, roughly(weight)];
  return {
    name, ...sides, ...columns(name, sides, []),
    rows: (streams) => [
      ...streams.flatMap((stream) => groups(stream, group).flatMap((key) => belonging(stream)(nameOf(key)).map((one): DerivedRow => [stream.played.number, cells(hashed(key), keyOfMember(stream, sides.member, one.member), one.weight)]))),
      ...["-1", "-2"].map((key): DerivedRow => [NOBODY, cells(key, key, 1)]),
    ],
    leads: (stream) => (to) => (typeof to === "string" ? [{ to, share: 1 }] : belonging(stream)(nameOf(to.key)).map(led)),
  };
}

/** Who belonged to which group when, as a dimension of memberships tells, each as its dimension showed it then. */
export function membershipsOverTime(name: string, group: string, member: string, memberships: string, share: "share" | null): TestedBridge {
  const sides = { group: dimensionNamed(group), member: dimensionNamed(member) };
  const parts = sides.group.key.length;
  const spans = once((stream): ((name: string) => readonly Span[]) => {
    const members = byName(stream.versions(member));
    const told = gathered(stream.versions(memberships).filter((one) => !one.deleted)
      .map(({ key, from, to, values }) => ({ group: key.slice(0, parts), member: key.slice(parts), from, to, share: share === null ? null : Number(values[share]) })));
    return remembering((one) => spansOf(told.get(one) ?? [], (whom) => members.get(nameOf(whom)) ?? [], sides.member.dimension.type === 2));
  });
  const cells = (key: string, to: string, { from, to: until }: Pick<Span, "from" | "to">, weight: number): readonly Value[] => [key, to, from, until, roughly(weight)];
  return {
    name, ...sides, ...columns(name, sides, ["valid_from", "valid_to"]),
    rows: (streams) => [
      ...streams.flatMap((stream) => groups(stream, group).flatMap((key) => spans(stream)(nameOf(key))
        .flatMap((span) => span.members.map((one): DerivedRow => [stream.played.number, cells(hashed(key), keyOfMember(stream, sides.member, one.member), span, one.weight)])))),
      ...["-1", "-2"].map((key): DerivedRow => [NOBODY, cells(key, key, { from: BEGINNING, to: OPEN_END }, 1)]),
    ],
    leads: (stream) => (to, when) => {
      if (typeof to === "string") return [{ to, share: 1 }];
      const span = when === null ? undefined : spans(stream)(nameOf(to.key)).find((one) => holds(one, when.at, when.moment));
      return span === undefined ? [{ to: "-1", share: 1 }] : span.members.map(led);
    },
  };
}

/** Memberships by the group that they tell of. */
function gathered(all: readonly (Membership & { readonly group: Key })[]): ReadonlyMap<string, readonly Membership[]> {
  return grouped(all, (one) => nameOf(one.group));
}

function led({ member, weight }: Belonging): Led {
  return { to: member ?? "-1", share: weight };
}

/** The keys of all groups that a dimension knows. */
function groups(stream: Simulated, dimension: string): readonly Key[] {
  return [...newest(stream.versions(dimension)).values()].map((one) => one.key);
}

function columns(name: string, { group, member }: Readonly<Record<"group" | "member", Tested>>, instants: readonly string[]): Pick<Derived, "stream" | "cells" | "from"> {
  const key = sharedKeyOf(group);
  return { ...besideGroup(name, group, key), cells: [key, keyOfTable(member.name), ...instants.map(shownInstant), shownRoughly("weighting_factor")] };
}
