import { surrogateOf } from "../expectation.ts";
import type { Lookup } from "../interpreter/facts.ts";
import { grouped } from "../interpreter/groups.ts";
import type { Instant, Key, Version } from "../interpreter/types.ts";
import type { Pointer, Simulated } from "../simulation.ts";
import { keyOfTable } from "../tested.ts";
import type { Tested } from "../tested.ts";
import { inEights } from "./derived.ts";
import type { Derived } from "./derived.ts";

/** A member that a row of a fact leads to over a bridge, and the share of it that counts. */
export interface Led {
  readonly to: Pointer;
  readonly share: number;
}

/** When something happened that leads over a bridge: at an instant, or by the end of a day. */
export interface When {
  readonly at: Instant;
  readonly moment: Lookup["moment"];
}

/** A bridge under test, and where it leads from a group at a time; by a level only to whoever lies there. */
export interface TestedBridge extends Derived {
  readonly group: Tested;
  readonly member: Tested;
  readonly leads: (stream: Simulated, level: number | null) => (group: Pointer, when: When | null) => readonly Led[];
}

/** A whole key as one text. */
export function nameOf(key: Key): string {
  return JSON.stringify(key);
}

/** The newest version of everybody, by key; of those who are gone the last one. */
export function newest(versions: readonly Version[]): ReadonlyMap<string, Version> {
  return new Map([...versions].sort((one, other) => (one.from < other.from ? -1 : 1)).map((one) => [nameOf(one.key), one]));
}

/** All versions of everybody, by key. */
export function byName(versions: readonly Version[]): ReadonlyMap<string, readonly Version[]> {
  return grouped(versions, (one) => nameOf(one.key));
}

/** The surrogate key that a bridge has for a member; unknown where there is none. */
export function keyOfMember(stream: Simulated, { name, dimension }: Tested, version: Version | null): string {
  return version === null ? "-1" : surrogateOf(version, stream.versions(name), dimension);
}

/** The key that all versions of a member share. */
export function sharedKeyOf({ name, dimension }: Tested): string {
  return dimension.type === 1 ? keyOfTable(name) : keyOfTable(name).replace("_key", "_durable_key");
}

/** Rows of a bridge with the stream that they belong to, found by the group that a column of the bridge names. */
export function besideGroup(bridge: string, group: Tested, column: string): Required<Pick<Derived, "stream" | "from">> {
  const key = sharedKeyOf(group);
  const [first = ""] = group.key;
  return {
    stream: group.key.length > 1 ? `cast(split_part(${first}, ':', 1) as double precision)` : inEights(first),
    from: `marts.${bridge} as bridge left join (select distinct ${key} as group_key, ${first} from marts.${group.name}) as holder on bridge.${column} = holder.group_key`,
  };
}
