import { bridgeColumns, type Bridge } from "../../../model/bridge.ts";
import type { Design } from "../../../rules/types.ts";
import { existsIn, holds, notNull, uniqueCombination, type DataTest } from "../properties/data-tests.ts";
import type { ColumnProperties, ModelProperties } from "../properties/model-properties.ts";
import { sentence } from "../properties/prose.ts";
import { identifier } from "../sql/expression.ts";

/** A bridge: its grain, that it leaves nobody out, and that shares add up or that nothing lies above itself. */
export function bridgeProperties(bridge: Bridge, { dialect }: Design): ModelProperties {
  const { group, member } = bridge;
  const keys = [group.column, member.column].map((name) => identifier(name, dialect));
  const row = bridge.kind === "memberships"
    ? bridge.timed
      ? `One row per member of ${group.dimension} and span in which its members and shares were the same.`
      : `One row per member of ${group.dimension}, as of today, whatever version a fact points to.`
    : bridge.timed
      ? `One row per member of ${group.dimension}, each one above it, itself included, and span in which all of that was the same.`
      : `One row per member of ${group.dimension} and each one above it, itself included, as of today.`;
  return {
    name: bridge.name,
    description: [sentence(bridge.description), row].filter((one) => one !== "").join(" "),
    owner: bridge.owner,
    access: "public",
    contract: true,
    tests: [uniqueCombination(bridge.timed ? [...keys, "valid_from"] : keys, "grain"), ...rowTests(bridge, keys[0] ?? "")],
    columns: bridgeColumns(bridge).map((one) => ({ ...one, tests: [notNull, ...columnTests(one.name, bridge)] }) satisfies ColumnProperties),
  };
}

function rowTests(bridge: Bridge, group: string): readonly DataTest[] {
  const lasts = bridge.timed ? [holds("valid_from < valid_to", "valid_from_before_valid_to")] : [];
  if (bridge.kind === "memberships") {
    return [
      ...lasts,
      { kind: "shares_add_up", label: "shares_add_up", arguments: { group: bridge.timed ? `${group}, valid_from` : group, share: "weighting_factor" } },
      holds("weighting_factor >= 0", "no_negative_share"),
    ];
  }
  return [...lasts, { ...uniqueCombination([group, ...(bridge.timed ? ["valid_from"] : []), "depth"], "no_cycle"), description: "Two members above one at the same depth lie above each other: the hierarchy has a circle." }];
}

function columnTests(column: string, { kind, group, member }: Bridge): readonly DataTest[] {
  if (column === member.column) return [existsIn(member.dimension, member.key)];
  if (column !== group.column) return [];
  const complete = { to: `ref('${group.dimension}')`, field: group.key };
  return [
    existsIn(group.dimension, group.key),
    kind === "memberships"
      ? { kind: "has_every", label: `every_${group.dimension}`, arguments: complete }
      : { kind: "has_every", label: "self_rows", arguments: { ...complete, only: "depth = 0" } },
  ];
}
