import type { Dialect } from "../../../dialects/types.ts";
import type { HierarchyBridge } from "../../../model/bridge.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { isParent } from "./parent.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier } from "../sql/expression.ts";
import { unchanged, type Cte, type Select, type SelectColumn, type SqlModel } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";

/**
 * Every member with all that lay above it, and itself, from when to when. The walk upwards goes from version to version, as long as both hold; then the
 * time of each member is cut wherever its way to the top changed, a version on it began, or something came to lie below it or ceased to. The walk keeps
 * each way and span once, so it ends even where members lie above each other in a circle.
 */
export function timedHierarchySql(bridge: HierarchyBridge, dimension: EntityDimension, openEnd: string, dialect: Dialect): SqlModel {
  const relation = identifier(cteNames().hand(dimension.entity, dimension.name), dialect);
  const ctes: readonly Cte[] = [
    { kind: "import", name: relation, relation: { kind: "ref", model: dimension.name } },
    { kind: "select", name: "versions", selects: [versionSelect(bridge, dimension, relation, openEnd, dialect)] },
    { kind: "select", name: "parents", selects: [parentSelect(bridge, dimension, dialect)] },
    { kind: "text", name: "walked", sql: walk },
    { kind: "select", name: "starts", selects: startSelects(openEnd) },
    { kind: "select", name: "kept", selects: [{ distinct: true, columns: unchanged(["member_key", "starts_at"]), from: "starts" }] },
    { kind: "select", name: "spans", selects: [spanSelect] },
    { kind: "select", name: "joined", selects: [{ ...during("walked", ["spans.member_key = walked.member_key"]), distinct: true, columns: qualified("spans", ["member_key", "starts_at", "ends_at"], "walked.ancestor_key") }] },
    { kind: "select", name: "levels", selects: [levelSelect] },
    { kind: "select", name: "above", selects: [{ ...during("parents", ["spans.member_key = parents.parent_key"]), distinct: true, columns: qualified("spans", ["member_key", "starts_at"]) }] },
    { kind: "select", name: "final", selects: [finalSelect(bridge, openEnd, dialect)] },
  ];
  return { config: [], ctes, recursive: true };
}

const walk = [
  "select",
  "    member_key,",
  "    member_key as ancestor_key,",
  "    valid_from,",
  "    valid_to",
  "from versions",
  "union distinct",
  "select",
  "    walked.member_key,",
  "    parents.parent_key as ancestor_key,",
  "    greatest(walked.valid_from, parents.valid_from) as valid_from,",
  "    least(walked.valid_to, parents.valid_to) as valid_to",
  "from walked",
  "inner join parents",
  "    on walked.ancestor_key = parents.member_key",
  "    and walked.valid_from < parents.valid_to",
  "    and walked.valid_to > parents.valid_from",
].join("\n");

const spanSelect: Select = {
  columns: [...unchanged(["member_key", "starts_at"]), { sql: windowed("lead(starts_at)", ["member_key"], ["starts_at"]), as: "ends_at" }],
  from: "kept",
};

/** How many lie above each one at the time, itself included. */
const levelSelect: Select = {
  columns: [...qualified("joined", ["member_key", "starts_at", "ends_at", "ancestor_key"]), { sql: "count(distinct walked.ancestor_key)", as: "level" }],
  from: "joined",
  joins: [{ type: "inner", relation: "walked", on: ["joined.ancestor_key = walked.member_key", "joined.starts_at >= walked.valid_from", "joined.starts_at < walked.valid_to"] }],
  groupBy: 4,
};

/** The versions of all members that are there, with an end. */
function versionSelect({ group, member, parent }: HierarchyBridge, dimension: EntityDimension, relation: string, openEnd: string, dialect: Dialect): Select {
  const own = (name: string): SelectColumn => ({ sql: identifier(name, dialect), as: identifier(name, dialect) });
  const read = [...new Set([member.key, ...dimension.naturalKey.map(({ name }) => name), ...parent.map((one) => one.attribute)])];
  return {
    columns: [{ sql: identifier(group.key, dialect), as: "member_key" }, ...read.map(own), own("valid_from"), { sql: `coalesce(valid_to, ${openEnd})`, as: "valid_to" }],
    from: relation,
    where: dimension.deletes === "tombstone" ? ["not is_deleted"] : [],
  };
}

/** Each version with the versions of the one above it, as long as both hold. */
function parentSelect(bridge: HierarchyBridge, dimension: EntityDimension, dialect: Dialect): Select {
  return {
    columns: [
      { sql: "child.member_key", as: "child.member_key" },
      { sql: "parent.member_key", as: "parent_key" },
      { sql: "greatest(child.valid_from, parent.valid_from)", as: "valid_from" },
      { sql: "least(child.valid_to, parent.valid_to)", as: "valid_to" },
    ],
    from: "versions",
    alias: "child",
    joins: [{ type: "inner", relation: "versions", alias: "parent", on: [...isParent(bridge, dimension, "member_key", dialect), "child.valid_from < parent.valid_to", "child.valid_to > parent.valid_from"] }],
  };
}

function startSelects(openEnd: string): readonly Select[] {
  const ended = [`valid_to < ${openEnd}`];
  return [
    { columns: [...unchanged(["member_key"]), { sql: "valid_from", as: "starts_at" }], from: "walked" },
    { columns: [...unchanged(["member_key"]), { sql: "valid_to", as: "starts_at" }], from: "walked", where: ended },
    { columns: [{ sql: "parent_key", as: "member_key" }, { sql: "valid_from", as: "starts_at" }], from: "parents" },
    { columns: [{ sql: "parent_key", as: "member_key" }, { sql: "valid_to", as: "starts_at" }], from: "parents", where: ended },
  ];
}

/** Spans with what holds when they start. */
function during(relation: string, on: readonly string[]): Pick<Select, "from" | "joins"> {
  return { from: "spans", joins: [{ type: "inner", relation, on: [...on, `spans.starts_at >= ${relation}.valid_from`, `spans.starts_at < ${relation}.valid_to`] }] };
}

function qualified(relation: string, names: readonly string[], ...others: readonly string[]): readonly SelectColumn[] {
  return [...names.map((name) => `${relation}.${name}`), ...others].map((sql) => ({ sql, as: sql }));
}

function finalSelect({ group, member }: HierarchyBridge, openEnd: string, dialect: Dialect): Select {
  return {
    columns: [
      { sql: "levels.member_key", as: identifier(group.column, dialect) },
      { sql: `versions.${identifier(member.key, dialect)}`, as: identifier(member.column, dialect) },
      { sql: "levels.starts_at", as: "valid_from" },
      { sql: `coalesce(levels.ends_at, ${openEnd})`, as: "valid_to" },
      { sql: "own.level - levels.level", as: "depth" },
      { sql: "levels.level", as: "ancestor_level" },
      { sql: "levels.level = 1", as: "is_top" },
      { sql: "above.member_key is null", as: "is_bottom" },
    ],
    from: "levels",
    joins: [
      { type: "inner", relation: "versions", on: ["levels.ancestor_key = versions.member_key", "levels.starts_at >= versions.valid_from", "levels.starts_at < versions.valid_to"] },
      { type: "inner", relation: "levels", alias: "own", on: ["levels.member_key = own.member_key", "levels.member_key = own.ancestor_key", "levels.starts_at = own.starts_at"] },
      { type: "left", relation: "above", on: ["levels.member_key = above.member_key", "levels.starts_at = above.starts_at"] },
    ],
  };
}
