import type { Dialect } from "../../../dialects/types.ts";
import type { MembershipBridge } from "../../../model/bridge.ts";
import type { DimensionColumn, EntityDimension } from "../../../model/dimension.ts";
import type { Expression } from "../../../model/expression.ts";
import { scalar } from "../../../model/logical-type.ts";
import { typedSql } from "../dimension/rows.ts";
import { conditionsOf } from "../sql/conditions.ts";
import { cteNames, rowNames } from "../sql/cte-names.ts";
import { identifier, printOperand, type Aliases } from "../sql/expression.ts";
import type { Cte, Select, SelectColumn, SqlModel } from "../sql/query.ts";
import { keyName } from "./key-name.ts";
import { timedCtes } from "./timed.ts";
import { newestMembers } from "./newest.ts";

/** How a dimension of memberships shows its versions. */
export interface VersionShape {
  /** Whether rows may be those of memberships that are gone. */
  readonly isTombstone: boolean;
  /** SQL of the time at which versions without an end are shown to end. */
  readonly openEnd: string;
}

/**
 * Every group with its members and their shares. Groups without members have the unknown one, reserved groups their like, so that no
 * row of a fact is lost on the way; members that the dimension does not know are the unknown one together.
 */
export function membershipsSql(bridge: MembershipBridge, group: EntityDimension, member: EntityDimension, { isTombstone, openEnd }: VersionShape, dialect: Dialect): SqlModel {
  const names = cteNames();
  const inputs = rowNames(bridge.rows, names);
  const groups = names.hand(group.entity, group.name);
  const members = member.name === group.name ? groups : names.hand(member.entity, member.name);
  const aliased = identifier(members, dialect);
  const known = knownGroups(bridge, group, identifier(groups, dialect), dialect);
  const newest = bridge.timed ? { relation: aliased, ctes: [] } : newestMembers(member, identifier(members, dialect), [bridge.member.key, ...member.naturalKey.map(({ name }) => name)], dialect);
  const sides = { group, member, groups: known.relation, members: newest.relation, openEnd };
  const imports = [
    ...[bridge.rows.base, ...bridge.rows.joins.map((one) => one.input)].map((one) => ({ name: inputs.get(one.alias) ?? one.alias, model: one.reference.model })),
    { name: groups, model: group.name },
    ...(member.name === group.name ? [] : [{ name: members, model: member.name }]),
  ];
  const ctes: readonly Cte[] = [
    ...imports.map(({ name, model }): Cte => ({ kind: "import", name: identifier(name, dialect), relation: { kind: "ref", model } })),
    ...known.ctes,
    ...newest.ctes,
    { kind: "select", name: "memberships", selects: [membershipSelect(bridge, { group, member, names: inputs, isTombstone, openEnd }, dialect)] },
    ...(bridge.timed ? timedCtes(bridge, sides, dialect) : [{ kind: "select", name: "shared", selects: [sharedSelect(bridge, sides, dialect)] } as const]),
    { kind: "select", name: "final", selects: [finalSelect(bridge, dialect)] },
  ];
  return { config: [], ctes };
}

/** Every group once; a dimension of versions shows one in several rows. */
function knownGroups({ group: { key } }: MembershipBridge, { scdType, naturalKey }: EntityDimension, relation: string, dialect: Dialect): { readonly relation: string; readonly ctes: readonly Cte[] } {
  if (scdType === 1) return { relation, ctes: [] };
  const columns = [key, ...naturalKey.map(({ name }) => name)].map((name) => ({ sql: identifier(name, dialect), as: identifier(name, dialect) }));
  return { relation: "groups", ctes: [{ kind: "select", name: "groups", selects: [{ distinct: true, columns, from: relation }] }] };
}

function membershipSelect(bridge: MembershipBridge, { group, member, names, isTombstone, openEnd }: Memberships, dialect: Dialect): Select {
  const { rows, weight } = bridge;
  const aliases: Aliases = rows.joins.length === 0 ? { [rows.base.alias]: null } : Object.fromEntries(names);
  const relation = (alias: string): string => identifier(names.get(alias) ?? alias, dialect);
  const print = (value: Expression): string => printOperand(value, dialect, aliases);
  const keys = (prefix: string, columns: readonly DimensionColumn[], values: readonly Expression[]): readonly SelectColumn[] =>
    values.map((value, index) => ({ sql: print(value), as: keyName(prefix, columns[index]) }));
  const share = weight === null ? [] : [{ sql: typedSql(weight, scalar("float"), dialect, aliases), as: "weight" }];
  const base = rows.joins.length === 0 ? "" : `${relation(rows.base.alias)}.`;
  const span = bridge.timed ? [{ sql: `${base}valid_from`, as: "valid_from" }, { sql: `coalesce(${base}valid_to, ${openEnd})`, as: "valid_to" }] : [];
  return {
    columns: [...keys("group", group.naturalKey, bridge.groupKey), ...keys("member", member.naturalKey, bridge.memberKey), ...span, ...share],
    from: relation(rows.base.alias),
    joins: rows.joins.map((one) => ({ type: one.type, relation: relation(one.input.alias), on: one.on.map(({ left, right }) => `${print(left)} = ${print(right)}`) })),
    where: [...[...bridge.groupKey, ...bridge.memberKey].map((one) => `${print(one)} is not null`), ...(isTombstone ? [`not ${base}is_deleted`] : []), ...conditionsOf(rows.where, dialect, aliases)],
  };
}

interface Memberships extends VersionShape {
  readonly group: EntityDimension;
  readonly member: EntityDimension;
  readonly names: ReadonlyMap<string, string>;
}

interface Sides {
  readonly group: EntityDimension;
  readonly member: EntityDimension;
  readonly groups: string;
  readonly members: string;
}

function sharedSelect(bridge: MembershipBridge, { group, member, groups, members }: Sides, dialect: Dialect): Select {
  const own = `${groups}.${identifier(bridge.group.key, dialect)}`;
  const other = members === groups ? "member" : members;
  const found = `${other}.${identifier(bridge.member.key, dialect)}`;
  const absent = `memberships.${keyName("group", group.naturalKey[0])} is null`;
  const one = `cast(1 as ${dialect.typeName(scalar("float"))})`;
  const equal = `${one}\n/ count(*) over (partition by ${own})`;
  const named = group.naturalKey.map((column) => `${groups}.${identifier(column.name, dialect)} = memberships.${keyName("group", column)}`);
  const shown = member.naturalKey.map((column) => `memberships.${keyName("member", column)} = ${other}.${identifier(column.name, dialect)}`);
  return {
    columns: [
      { sql: own, as: own },
      { sql: `case\n    when ${own} = '-2' then '-2'\n    else coalesce(${found}, '-1')\nend`, as: identifier(bridge.member.column, dialect) },
      { sql: bridge.weight === null ? equal : `case\n    when ${absent} then ${one}\n    else memberships.weight\nend`, as: "weighting_factor" },
    ],
    from: groups,
    joins: [
      { type: "left", relation: "memberships", on: named },
      { type: "left", relation: members, ...(other === members ? {} : { alias: other }), on: shown },
    ],
  };
}

function finalSelect({ group, member, timed }: MembershipBridge, dialect: Dialect): Select {
  const keys = [group.column, member.column, ...(timed ? ["valid_from", "valid_to"] : [])].map((name) => ({ sql: identifier(name, dialect), as: identifier(name, dialect) }));
  return { columns: [...keys, { sql: "sum(weighting_factor)", as: "weighting_factor" }], from: "shared", groupBy: keys.length };
}
