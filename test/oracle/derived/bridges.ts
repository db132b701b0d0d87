import { hashed, surrogateOf } from "../expectation.ts";
import { belongings, descents, spansOf } from "../interpreter/bridges.ts";
import type { Belonging, Descent, Membership, Span } from "../interpreter/bridges.ts";
import { BEGINNING, OPEN_END } from "../interpreter/types.ts";
import type { Instant, Value, Version } from "../interpreter/types.ts";
import { ownTimelines, remembering } from "../simulation.ts";
import type { Pointer, Simulated } from "../simulation.ts";
import { NOBODY } from "../streams.ts";
import { dimensionNamed, keyOfTable } from "../tested.ts";
import type { Tested } from "../tested.ts";
import { inEights, roughly, shown, shownInstant, shownRoughly } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";

/** A member that a row of a fact leads to over a bridge, and the share of it that counts. */
export interface Led {
  readonly to: Pointer;
  readonly share: number;
}

/** A bridge under test, and where it leads from a group at a time. */
export interface TestedBridge extends Derived {
  readonly group: Tested;
  readonly member: Tested;
  readonly leads: (stream: Simulated) => (group: Pointer, at: Instant | null) => readonly Led[];
}

/** All bridges: who has shares today, then who had them when, then what lies below what. */
export const BRIDGES: readonly TestedBridge[] = [
  today("bridge_log_shares", "dim_log_place", "dim_log_closed", "dim_log_share", true),
  today("bridge_state_shares", "dim_state_place", "dim_state_plain", "dim_state_share", false),
  overTime("bridge_log_times", "dim_log_place", "dim_log_closed", "dim_log_share", true),
  overTime("bridge_state_times", "dim_state_place", "dim_state_plain", "dim_state_share", false),
  overTime("bridge_extract_times", "dim_extract_place", "dim_extract_inferred", "dim_extract_share", false),
  tree("bridge_log_tree", "dim_log_place"),
  tree("bridge_state_tree", "dim_state_place"),
  tree("bridge_extract_tree", "dim_extract_place"),
];

/** The bridge of this name. */
export function bridgeNamed(name: string): TestedBridge {
  const found = BRIDGES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no bridge ${name}`);
  return found;
}

function today(name: string, group: string, member: string, shares: string, weighted: boolean): TestedBridge {
  const sides = { group: dimensionNamed(group), member: dimensionNamed(member) };
  const source = dimensionNamed(shares);
  const belonging = (stream: Simulated): ((place: string) => readonly Belonging[]) => {
    const timelines = ownTimelines(stream.played, source.kind, source);
    const members = newest(stream.versions(member));
    return remembering((place) => {
      const found = timelines.flatMap((one): readonly Membership[] => {
        const values = one.states.at(-1)?.values ?? null;
        return values === null || one.key[0] !== place ? [] : [{ member: one.key.slice(1), from: BEGINNING, to: OPEN_END, share: weighted ? Number(values["share"]) : null }];
      });
      return belongings(found, (one) => members.get(String(one)) ?? null);
    });
  };
  const cells = (key: string, to: string, weight: number): readonly Value[] => [key, to, roughly(weight)];
  return {
    name, ...sides, ...select(name, sides, ["weighting_factor"], []),
    rows: (streams) => [
      ...streams.flatMap((stream) => {
        const of = belonging(stream);
        return groups(stream, group).flatMap((place) => of(place).map((one): DerivedRow => [stream.played.number, cells(hashed([place]), keyOfMember(stream, sides.member, one.member), one.weight)]));
      }),
      ...["-1", "-2"].map((key): DerivedRow => [NOBODY, cells(key, key, 1)]),
    ],
    leads(stream) {
      const of = belonging(stream);
      return (to) => (typeof to === "string" ? [{ to, share: 1 }] : of(placeOf(to)).map(led));
    },
  };
}

function overTime(name: string, group: string, member: string, shares: string, weighted: boolean): TestedBridge {
  const sides = { group: dimensionNamed(group), member: dimensionNamed(member) };
  const spans = (stream: Simulated): ((place: string) => readonly Span[]) => remembering((place) => {
    const found = stream.versions(shares).filter((one) => !one.deleted && one.key[0] === place)
      .map(({ key: [, ...whom], from, to, values }): Membership => ({ member: whom, from, to, share: weighted ? Number(values["share"]) : null }));
    return spansOf(found, (one) => stream.versions(member).filter((version) => String(version.key) === String(one)), sides.member.dimension.type === 2);
  });
  const cells = (key: string, to: string, { from, to: until }: Pick<Span, "from" | "to">, weight: number): readonly Value[] => [key, to, from, until, roughly(weight)];
  return {
    name, ...sides, ...select(name, sides, ["weighting_factor"], ["valid_from", "valid_to"]),
    rows: (streams) => [
      ...streams.flatMap((stream) => {
        const of = spans(stream);
        return groups(stream, group).flatMap((place) => of(place).flatMap((span) => span.members.map((one): DerivedRow => [stream.played.number, cells(hashed([place]), keyOfMember(stream, sides.member, one.member), span, one.weight)])));
      }),
      ...["-1", "-2"].map((key): DerivedRow => [NOBODY, cells(key, key, { from: BEGINNING, to: OPEN_END }, 1)]),
    ],
    leads(stream) {
      const of = spans(stream);
      return (to, at) => {
        if (typeof to === "string") return [{ to, share: 1 }];
        const span = at === null ? undefined : of(placeOf(to)).find((one) => one.from <= at && at < one.to);
        return span === undefined ? [{ to: "-1", share: 1 }] : span.members.map(led);
      };
    },
  };
}

function tree(name: string, dimension: string): TestedBridge {
  const tested = dimensionNamed(dimension);
  const below = `descendant_${sharedKeyOf(tested)}`;
  const cells = (below: string, above: string, { depth, level, isBottom }: Pick<Descent, "depth" | "level" | "isBottom">): readonly Value[] => [below, above, String(depth), String(level), String(level === 1), String(isBottom)];
  return {
    name, group: tested, member: tested,
    stream: inEights("place_id"),
    cells: [below, `ancestor_${keyOfTable(dimension)}`, ...["depth", "ancestor_level", "is_top", "is_bottom"].map(shown)],
    from: withGroup(name, tested, below),
    rows: (streams) => [
      ...streams.flatMap((stream) => pairsOf(stream, dimension).map((one): DerivedRow => [stream.played.number, cells(hashed([one.below]), keyOfMember(stream, tested, one.version), one)])),
      ...["-1", "-2"].map((key): DerivedRow => [NOBODY, cells(key, key, { depth: 0, level: 1, isBottom: true })]),
    ],
    leads: (stream) => (to) => climbed(stream, dimension, to, () => true),
  };
}

/** Where a row leads by a level: to whoever lies there, or to itself (and to all in a circle with it) where it lies higher. */
export function leadsToLevel(stream: Simulated, dimension: string, level: number, to: Pointer): readonly Led[] {
  return climbed(stream, dimension, to, (one) => one.level === level || (one.depth === 0 && one.level < level));
}

function climbed(stream: Simulated, dimension: string, to: Pointer, counts: (one: Descent) => boolean): readonly Led[] {
  if (typeof to === "string") return [{ to, share: 1 }];
  return pairsOf(stream, dimension).filter((one) => one.below === to.key[0] && counts(one)).map(({ version }) => ({ to: version ?? "-1", share: 1 }));
}

type Pair = Descent & { readonly version: Version | null };

const remembered = new WeakMap<Simulated, (dimension: string) => readonly Pair[]>();

/** All pairs of a hierarchy as the newest versions tell it, and the version of the one above. */
function pairsOf(stream: Simulated, dimension: string): readonly Pair[] {
  const known = remembered.get(stream) ?? remembering((name: string) => freshPairs(stream, name));
  remembered.set(stream, known);
  return known(dimension);
}

function freshPairs(stream: Simulated, dimension: string): readonly Pair[] {
  const members = newest(stream.versions(dimension));
  const pairs = descents([...members.values()].map(({ key, values }) => ({ key: key[0] ?? null, parent: values["above_id"] ?? null })));
  return pairs.map((one) => ({ ...one, version: members.get(String([one.above])) ?? null }));
}

function led({ member, weight }: Belonging): Led {
  return { to: member ?? "-1", share: weight };
}

/** The numbers of all places that a dimension knows. */
function groups(stream: Simulated, dimension: string): readonly string[] {
  return [...newest(stream.versions(dimension)).values()].map(placeOf);
}

function placeOf({ key }: Version): string {
  return String(key[0]);
}

/** The newest version of everybody, by key; of those who are gone the last one. */
function newest(versions: readonly Version[]): ReadonlyMap<string, Version> {
  return new Map([...versions].sort((one, other) => (one.from < other.from ? -1 : 1)).map((one) => [String(one.key), one]));
}

function keyOfMember(stream: Simulated, { name, dimension }: Tested, version: Version | null): string {
  return version === null ? "-1" : surrogateOf(version, stream.versions(name), dimension);
}

function select(name: string, { group, member }: Pick<TestedBridge, "group" | "member">, floats: readonly string[], instants: readonly string[]): Pick<Derived, "stream" | "cells" | "from"> {
  const key = sharedKeyOf(group);
  return { stream: inEights("place_id"), cells: [key, keyOfTable(member.name), ...instants.map(shownInstant), ...floats.map(shownRoughly)], from: withGroup(name, group, key) };
}

/** The key that all versions of a member share. */
function sharedKeyOf({ name, dimension }: Tested): string {
  return dimension.type === 1 ? keyOfTable(name) : keyOfTable(name).replace("_key", "_durable_key");
}

function withGroup(bridge: string, group: Tested, column: string): string {
  const key = sharedKeyOf(group);
  return `marts.${bridge} as bridge left join (select distinct ${key} as group_key, place_id from marts.${group.name}) as holder on bridge.${column} = holder.group_key`;
}
