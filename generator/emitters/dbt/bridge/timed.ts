import type { Dialect } from "../../../dialects/types.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { MembershipBridge } from "../../../model/bridge.ts";
import type { DimensionColumn, EntityDimension } from "../../../model/dimension.ts";
import { beginningOfTime } from "../days.ts";
import { seesDeletes } from "../dimension/deletes.ts";
import { identifier } from "../sql/expression.ts";
import { unchanged, type Cte, type JoinClause, type Select, type SelectColumn } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";
import { keyName } from "./key-name.ts";

/** The relations of a bridge over time. */
export interface TimedSides {
  readonly group: EntityDimension;
  readonly member: EntityDimension;
  readonly groups: string;
  readonly members: string;
  /** SQL of the time at which versions without an end are shown to end. */
  readonly openEnd: string;
}

/**
 * A group's time, cut wherever one of its memberships begins or ends or one of its members changes, goes or comes back, with all its members in each span (CTE
 * `shared`). Reads `memberships`, which have valid_from and valid_to. The first span is opened to the beginning, the last one has no end.
 */
export function timedCtes(bridge: MembershipBridge, sides: TimedSides, dialect: Dialect): readonly Cte[] {
  const keys = sides.group.naturalKey.map((one) => keyName("group", one));
  const named = unchanged(keys);
  const at = unchanged([...keys, "starts_at"]);
  const spans: Select = {
    columns: [...named, { sql: "starts_at", as: "starts_at" }, { sql: windowed("lead(starts_at)", keys, ["starts_at"]), as: "ends_at" }, { sql: windowed("row_number()", keys, ["starts_at"]), as: "span_number" }],
    from: "kept",
  };
  return [
    { kind: "select", name: "starts", selects: startSelects(sides, named, dialect) },
    { kind: "select", name: "kept", selects: [{ distinct: true, columns: at, from: "starts" }] },
    { kind: "select", name: "spans", selects: [spans] },
    { kind: "select", name: "shared", selects: [sharedSelect(bridge, sides, dialect)] },
  ];
}

function startSelects({ member, members, openEnd }: TimedSides, named: readonly SelectColumn[], dialect: Dialect): readonly Select[] {
  const own: readonly Select[] = [
    { columns: [...named, { sql: "valid_from", as: "starts_at" }], from: "memberships" },
    { columns: [...named, { sql: "valid_to", as: "starts_at" }], from: "memberships", where: [`valid_to < ${openEnd}`] },
  ];
  if (member.scdType === 1) return own;
  // A version ends where the next one begins, unless its member goes.
  const cuts = member.deletes === "close" && seesDeletes(member) ? ["valid_from", "valid_to"] : ["valid_from"];
  const changes = cuts.map((cut): Select => {
    const inside = [`memberships.valid_from < ${members}.${cut}`, `memberships.valid_to > ${members}.${cut}`];
    const columns = [...named.map((one) => ({ sql: `memberships.${one.sql}`, as: `memberships.${one.as}` })), { sql: `${members}.${cut}`, as: "starts_at" }];
    return { columns, from: "memberships", joins: [{ type: "inner", relation: members, on: [...shown(member, members, dialect), ...inside] }] };
  });
  return [...own, ...changes];
}

function sharedSelect(bridge: MembershipBridge, { group, member, groups, members, openEnd }: TimedSides, dialect: Dialect): Select {
  const own = `${groups}.${identifier(bridge.group.key, dialect)}`;
  const low = beginningOfTime(dialect);
  const one = `cast(1 as ${dialect.typeName(scalar("float"))})`;
  const first = group.naturalKey[0];
  const absent = `memberships.${keyName("group", first)} is null`;
  const equal = `${one}\n/ count(*) over (partition by ${own}, spans.starts_at)`;
  const keys = group.naturalKey.map((column) => keyName("group", column));
  const of = (relation: string): readonly string[] => group.naturalKey.map((column, index) => `${groups}.${identifier(column.name, dialect)} = ${relation}.${keys[index] ?? ""}`);
  const during: JoinClause = { type: "left", relation: "memberships", on: [...keys.map((key) => `spans.${key} = memberships.${key}`), "spans.starts_at >= memberships.valid_from", "spans.starts_at < memberships.valid_to"] };
  const other = members === groups ? "member" : members;
  const valid = member.scdType === 1 ? [] : [`spans.starts_at >= ${other}.valid_from`, `spans.starts_at < coalesce(${other}.valid_to, ${openEnd})`];
  return {
    columns: [
      { sql: own, as: own },
      { sql: `case\n    when ${own} = '-2' then '-2'\n    else coalesce(${other}.${identifier(bridge.member.key, dialect)}, '-1')\nend`, as: identifier(bridge.member.column, dialect) },
      { sql: `case\n    when spans.span_number > 1 then spans.starts_at\n    else least(coalesce(spans.starts_at, ${low}), ${low})\nend`, as: "valid_from" },
      { sql: `coalesce(spans.ends_at, ${openEnd})`, as: "valid_to" },
      { sql: bridge.weight === null ? equal : `case\n    when ${absent} then ${one}\n    else memberships.weight\nend`, as: "weighting_factor" },
    ],
    from: groups,
    joins: [{ type: "left", relation: "spans", on: of("spans") }, during, { type: "left", relation: members, ...(other === members ? {} : { alias: other }), on: [...shown(member, other, dialect), ...valid] }],
  };
}

function shown({ naturalKey }: EntityDimension, members: string, dialect: Dialect): readonly string[] {
  return naturalKey.map((column: DimensionColumn) => `memberships.${keyName("member", column)} = ${members}.${identifier(column.name, dialect)}`);
}
