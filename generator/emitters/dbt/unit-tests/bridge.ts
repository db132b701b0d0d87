import { dimensionsByName } from "../../../model/named.ts";
import { evaluateText } from "../../../evaluate/cast.ts";
import { stepsIn, type Step } from "../../../evaluate/hierarchy.ts";
import { stepsOverTime, type TimedStep } from "../../../evaluate/hierarchy-over-time.ts";
import { membershipsIn, sharesNow, sharesOverTime, type Share } from "../../../evaluate/memberships.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { instantFromText } from "../../../evaluate/time.ts";
import { attempt, fail, type Value } from "../../../evaluate/value.ts";
import type { Bridge, HierarchyBridge, MembershipBridge } from "../../../model/bridge.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { Design } from "../../../rules/types.ts";
import { labelsParents } from "../bridge/parent.ts";
import { membershipRows } from "./bridge-rows.ts";
import { beginning } from "./dimension-rows.ts";
import { givenRows } from "./script.ts";
import { microsOf, sideRows, sidesOf } from "./side-rows.ts";
import { isPlainTest, shownValue, type UnitTest } from "./unit-test.ts";

/**
 * The unit test of a bridge: groups with several members, with one, with none and with some that nobody knows; and of a hierarchy members at every depth. What
 * must come of them follows from the spec, not from the SQL under test. None where a key or weight is more than columns of one table.
 */
export function bridgeTest(bridge: Bridge, design: Design): readonly UnitTest[] {
  const test = attempt(() => (bridge.kind === "memberships" ? membershipTest(bridge, design) : hierarchyTest(bridge, design)));
  return "value" in test && isPlainTest(test.value) ? [test.value] : [];
}

function membershipTest(bridge: MembershipBridge, design: Design): UnitTest {
  const { group, member, rows } = bridge;
  const [groups, members] = [dimensionOf(group.dimension, design), dimensionOf(member.dimension, design)];
  const [groupRows, memberRows] = [sideRows(groups, { goes: true }), sideRows(members, { goes: true })];
  const base = membershipRows(bridge, { groups, members, source: dimensionsByName(design.model).get(rows.base.reference.id) ?? null });
  const told = membershipsIn(bridge, new Map([[rows.base.alias, base]]));
  const [grouped, known] = [sidesOf(groupRows, group.key, groups), sidesOf(memberRows, member.key, members)];
  const shares = bridge.timed ? sharesOverTime(grouped, known, told, beginning().micros) : sharesNow(grouped, known, told);
  return {
    name: `${bridge.name}_gives_every_group_its_members`,
    description: `Memberships of ${bridge.name} at their edges, and the shares ${bridge.timed ? "and spans " : ""}that follow.`,
    model: bridge.name,
    given: [
      { input: `ref('${rows.base.reference.model}')`, rows: givenRows(base) },
      ...sidesGiven([[groups, groupRows], [members, memberRows]]),
    ],
    expected: shares.map((one) => shownShare(one, bridge, design.model.project.openEnd ?? "9999-12-31")),
  };
}

function shownShare({ group, member, share, from, to }: Share, bridge: MembershipBridge, openEnd: string): UnitTest["expected"][number] {
  return { [bridge.group.column]: group, [bridge.member.column]: member, ...shownSpan(from, to, openEnd), weighting_factor: shownValue(share) };
}

function shownSpan(from: bigint | null, to: bigint | null, openEnd: string): UnitTest["expected"][number] {
  const instant = (micros: bigint): Value => ({ kind: "instant", micros });
  return from === null ? {} : { valid_from: shownValue(instant(from)), valid_to: shownValue(to === null ? instantFromText(openEnd) : instant(to)) };
}

/**
 * The first three lie above each other, the last one names somebody that nobody knows; before, the third lay below the last. Reserved members bear a label, which
 * is the key of the first.
 */
function hierarchyTest(bridge: HierarchyBridge, design: Design): UnitTest {
  const dimension = dimensionOf(bridge.group.dimension, design);
  const natural = sideRows(dimension);
  const keyOf = (member: number): readonly Value[] => dimension.naturalKey.map(({ name }) => natural[member]?.get(name) ?? null);
  const parentOf = (member: number, age: number): readonly Value[] => (age > 0 ? keyOf(3) : member === 0 ? keyOf(0) : member < 3 ? keyOf(member - 1) : bridge.parent.map(({ member: name }) => absent(name, dimension)));
  const named = (key: readonly Value[]): Values => new Map(bridge.parent.map(({ attribute }, index) => [attribute, key[index] ?? null]));
  const rows = sideRows(dimension, { own: (member, age) => named(parentOf(member, age)), reserved: labelsParents(bridge, dimension) ? named(keyOf(0)) : new Map(), goes: bridge.timed });
  const placed = rows.map((row) => ({
    key: dimension.naturalKey.map(({ name }) => row.get(name) ?? null),
    parent: bridge.parent.map(({ attribute }) => row.get(attribute) ?? null),
    below: String(row.get(bridge.group.key)),
    above: String(row.get(bridge.member.key)),
    from: microsOf(row.get("valid_from") ?? null) ?? 0n,
    to: microsOf(row.get("valid_to") ?? null),
  }));
  const openEnd = design.model.project.openEnd ?? "9999-12-31";
  const steps: readonly (Step & Partial<TimedStep>)[] = bridge.timed ? stepsOverTime(placed) : stepsIn(placed.filter(({ to }) => to === null));
  return {
    name: `${bridge.name}_puts_everyone_below_all_above`,
    description: `Members of ${dimension.name} at several depths, and who lies above whom.`,
    model: bridge.name,
    given: sidesGiven([[dimension, rows]]),
    expected: steps.map((one) => ({
      [bridge.group.column]: one.below, [bridge.member.column]: one.above, ...shownSpan(one.from ?? null, one.to ?? null, openEnd), depth: one.depth, ancestor_level: one.level, is_top: one.isTop, is_bottom: one.isBottom,
    })),
  };
}

/** The key of somebody who is not among the members. */
function absent(part: string, { naturalKey }: EntityDimension): Value {
  const type = naturalKey.find((one) => one.name === part)?.type ?? fail("no part of the key");
  const value = evaluateText(type.kind === "string" ? "nobody" : "99", type);
  return "value" in value ? value.value : fail("a key that knows no others");
}

function sidesGiven(sides: readonly (readonly [EntityDimension, readonly Values[]])[]): UnitTest["given"] {
  return [...new Map(sides.map(([{ name }, rows]) => [name, { input: `ref('${name}')`, rows: givenRows(rows) }])).values()];
}

function dimensionOf(name: string, { model }: Design): EntityDimension {
  const found = dimensionsByName(model).get(name);
  return found?.kind === "table" ? found : fail("no members");
}
