import type { Dialect } from "../../../dialects/types.ts";
import type { HierarchyBridge } from "../../../model/bridge.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier } from "../sql/expression.ts";
import { unchanged, type Cte, type Select, type SqlModel } from "../sql/query.ts";
import { newestMembers } from "./newest.ts";
import { isParent } from "./parent.ts";

/**
 * Every member with all above it, and itself. The walk upwards keeps each pair once, so it ends even where members lie above each other
 * in a circle; a test then finds two of them at one depth. A member whose parent is not known is a top, as one that names itself is.
 */
export function hierarchySql(bridge: HierarchyBridge, dimension: EntityDimension, dialect: Dialect): SqlModel {
  const relation = identifier(cteNames().hand(dimension.entity, dimension.name), dialect);
  const { group, member } = bridge;
  const read = [group.key, member.key, ...dimension.naturalKey.map(({ name }) => name), ...bridge.parent.map((one) => one.attribute)];
  const members = newestMembers(dimension, relation, read, dialect);
  const ctes: readonly Cte[] = [
    { kind: "import", name: relation, relation: { kind: "ref", model: dimension.name } },
    ...members.ctes,
    { kind: "select", name: "parents", selects: [parentSelect(bridge, dimension, members.relation, dialect)] },
    { kind: "text", name: "walked", sql: walk },
    { kind: "select", name: "levels", selects: [{ columns: [...unchanged(["member_key"]), { sql: "count(*)", as: "level" }], from: "walked", groupBy: 1 }] },
    { kind: "select", name: "above", selects: [{ distinct: true, columns: unchanged(["parent_key"]), from: "parents", where: ["parent_key is not null"] }] },
    { kind: "select", name: "final", selects: [finalSelect(bridge, members.relation, dialect)] },
  ];
  return { config: [], ctes, recursive: true };
}

const walk = [
  "select",
  "    member_key,",
  "    member_key as ancestor_key",
  "from parents",
  "union distinct",
  "select",
  "    walked.member_key,",
  "    parents.parent_key as ancestor_key",
  "from walked",
  "inner join parents on walked.ancestor_key = parents.member_key",
  "where parents.parent_key is not null",
].join("\n");

/** Each member with the one above it, by the keys that all versions share. */
function parentSelect(bridge: HierarchyBridge, dimension: EntityDimension, members: string, dialect: Dialect): Select {
  const key = identifier(bridge.group.key, dialect);
  return {
    columns: [{ sql: `child.${key}`, as: "member_key" }, { sql: `parent.${key}`, as: "parent_key" }],
    from: members,
    alias: "child",
    joins: [{ type: "left", relation: members, alias: "parent", on: isParent(bridge, dimension, key, dialect) }],
  };
}

function finalSelect({ group, member }: HierarchyBridge, members: string, dialect: Dialect): Select {
  return {
    columns: [
      { sql: "walked.member_key", as: identifier(group.column, dialect) },
      { sql: `${members}.${identifier(member.key, dialect)}`, as: identifier(member.column, dialect) },
      { sql: "own.level - higher.level", as: "depth" },
      { sql: "higher.level", as: "ancestor_level" },
      { sql: "higher.level = 1", as: "is_top" },
      { sql: "above.parent_key is null", as: "is_bottom" },
    ],
    from: "walked",
    joins: [
      { type: "inner", relation: members, on: [`walked.ancestor_key = ${members}.${identifier(group.key, dialect)}`] },
      { type: "inner", relation: "levels", alias: "own", on: ["walked.member_key = own.member_key"] },
      { type: "inner", relation: "levels", alias: "higher", on: ["walked.ancestor_key = higher.member_key"] },
      { type: "left", relation: "above", on: ["walked.member_key = above.parent_key"] },
    ],
  };
}
