import { hashed } from "../expectation.ts";
import { holds } from "../interpreter/facts.ts";
import { descents, descentsOverTime } from "../interpreter/hierarchies.ts";
import type { Child, Descent } from "../interpreter/hierarchies.ts";
import { BEGINNING, OPEN_END } from "../interpreter/types.ts";
import type { Instant, Key, Value, Version } from "../interpreter/types.ts";
import type { Simulated } from "../simulation.ts";
import { NOBODY } from "../streams.ts";
import { dimensionNamed, keyOfTable } from "../tested.ts";
import type { Tested } from "../tested.ts";
import { besideGroup, byName, keyOfMember, nameOf, newest, sharedKeyOf } from "./bridge.ts";
import type { Led, TestedBridge } from "./bridge.ts";
import { once, shown, shownInstant } from "./derived.ts";
import type { DerivedRow } from "./derived.ts";

/** A pair of a hierarchy: whom it is about, and the version of the one above. */
interface Pair extends Pick<Descent, "depth" | "level" | "isBottom"> {
  readonly below: Key;
  readonly version: Version | null;
  readonly from: Instant;
  readonly to: Instant;
}

const WHOLE_TIME = { from: BEGINNING, to: OPEN_END };
const ALONE = { depth: 0, level: 1, isBottom: true };

/** Who lies above whom as the newest versions tell. Rows of a fact that meet nobody at a level are lost on the way. */
export function treeToday(name: string, dimension: string): TestedBridge {
  return tree(name, dimension, [], (stream, tested) => {
    const members = newest(stream.versions(dimension));
    return descents([...members.values()].map((one) => childOf(one, tested))).map((one) => ({ ...one, ...WHOLE_TIME, below: keyIn(members, one.below), version: members.get(String(one.above)) ?? null }));
  }, []);
}

/** Who lay above whom when. Rows of a fact that meet nobody then count for somebody who is not known. */
export function treeOverTime(name: string, dimension: string): TestedBridge {
  return tree(name, dimension, ["valid_from", "valid_to"], (stream, tested) => {
    const versions = stream.versions(dimension).filter((one) => !one.deleted);
    const [members, all] = [newest(versions), byName(versions)];
    return descentsOverTime(versions.map((one) => ({ ...childOf(one, tested), from: one.from, to: one.to }))).map((one) => {
      const version = all.get(String(one.above))?.find((other) => holds(other, one.from, "instant")) ?? null;
      return { ...one, below: keyIn(members, one.below), version };
    });
  }, [{ to: "-1", share: 1 }]);
}

function tree(name: string, dimension: string, times: readonly ("valid_from" | "valid_to")[], work: (stream: Simulated, tested: Tested) => readonly Pair[], none: readonly Led[]): TestedBridge {
  const tested = dimensionNamed(dimension);
  const below = `descendant_${sharedKeyOf(tested)}`;
  const pairs = once((stream) => work(stream, tested));
  const cells = (group: string, above: string, { depth, level, isBottom, from, to }: Omit<Pair, "below" | "version">): readonly Value[] => [group, above, ...times.map((one) => (one === "valid_from" ? from : to)), String(depth), String(level), String(level === 1), String(isBottom)];
  return {
    name, group: tested, member: tested, ...besideGroup(name, tested, below),
    cells: [below, `ancestor_${keyOfTable(dimension)}`, ...times.map(shownInstant), ...["depth", "ancestor_level", "is_top", "is_bottom"].map(shown)],
    rows: (streams) => [
      ...streams.flatMap((stream) => pairs(stream).map((one): DerivedRow => [stream.played.number, cells(hashed(one.below), keyOfMember(stream, tested, one.version), one)])),
      ...["-1", "-2"].map((key): DerivedRow => [NOBODY, cells(key, key, { ...ALONE, ...WHOLE_TIME })]),
    ],
    leads: (stream, level) => (to, when) => {
      if (typeof to === "string") return [{ to, share: 1 }];
      const then = (one: Pair) => times.length === 0 || (when !== null && holds(one, when.at, when.moment));
      const found = pairs(stream).filter((one) => nameOf(one.below) === nameOf(to.key) && then(one) && counts(one, level));
      return found.length === 0 ? none : found.map(({ version }) => ({ to: version ?? "-1", share: 1 }));
    },
  };
}

/** By a level somebody counts who lies there, or who is meant and lies higher, with all in a circle with it. */
function counts({ level, depth }: Pair, wanted: number | null): boolean {
  return wanted === null || level === wanted || (depth === 0 && level < wanted);
}

/** Part of a key names nobody. */
function childOf({ key, values }: Version, { table }: Tested): Child {
  const parent = (table === "sites" ? ["above_a", "above_b"] : ["above_id"]).map((one) => values[one] ?? null);
  return { key: nameOf(key), parent: parent.includes(null) ? null : nameOf(parent) };
}

function keyIn(members: ReadonlyMap<string, Version>, name: Value): Key {
  return members.get(String(name))?.key ?? [];
}
