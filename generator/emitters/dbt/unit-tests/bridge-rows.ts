import type { Values } from "../../../evaluate/rows.ts";
import { fail } from "../../../evaluate/value.ts";
import type { MembershipBridge } from "../../../model/bridge.ts";
import type { Dimension, EntityDimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import { filtersOf } from "./roles.ts";
import { all, firstDayFor, payloadValues, scriptedValues, spanColumns, type Role, type ScriptColumn, type ScriptRow } from "./script.ts";

/** A row that names a group and a member by their numbers. */
interface MembershipRow extends Omit<ScriptRow, "state"> {
  readonly group: number | null;
  readonly state: number;
}

/** Two members, one and somebody unknown, two unknown who are one, nobody (the third group); and rows that say nothing. */
const today: readonly MembershipRow[] = [
  { group: 0, member: 0, at: null, state: 0 },
  { group: 0, member: 1, at: null, state: 1 },
  { group: 1, member: 0, at: null, state: 1 },
  { group: 1, member: 5, at: null, state: 0 },
  { group: 3, member: 5, at: null, state: 0 },
  { group: 3, member: 6, at: null, state: 1 },
  { group: null, member: 0, at: null, state: 0 },
  { group: 0, member: null, at: null, state: 0 },
  { group: 7, member: 0, at: null, state: 0 },
  { group: 2, member: 0, at: null, state: 0, isFiltered: true },
];

/** One who changes and one beside them for a while; one who is not yet known, then nobody, then another; two unknown who are one, then one who may go; and rows that say nothing. */
const later: readonly MembershipRow[] = [
  { group: 0, member: 0, at: 1, until: null, state: 0 },
  { group: 0, member: 1, at: 5, until: 7, state: 1 },
  { group: 1, member: 1, at: 0, until: 3, state: 1 },
  { group: 1, member: 0, at: 6, until: null, state: 0 },
  { group: 3, member: 5, at: 1, until: 3, state: 0 },
  { group: 3, member: 6, at: 1, until: 3, state: 1 },
  { group: 3, member: 2, at: 5, until: null, state: 1 },
  { group: null, member: 0, at: 1, until: null, state: 0 },
  { group: 0, member: null, at: 2, until: null, state: 0 },
  { group: 7, member: 0, at: 1, until: null, state: 0 },
  { group: 2, member: 0, at: 1, until: null, state: 0, isFiltered: true },
];

/** A membership that is over, as a tombstone tells it. */
const over: MembershipRow = { group: 2, member: 0, at: 4, until: null, state: 0, isDelete: true };

/** The rows that a bridge is made of, of one table. `source` is the dimension that they are of, where they tell of time. */
export function membershipRows(bridge: MembershipBridge, { groups, members, source }: { readonly groups: EntityDimension; readonly members: EntityDimension; readonly source: Dimension | null }): readonly Values[] {
  const { rows, weight } = bridge;
  if (rows.joins.length > 0) return fail("more than one table");
  const [groupColumns, memberColumns] = [keyColumns(bridge.groupKey, groups, bridge), keyColumns(bridge.memberKey, members, bridge)];
  const roles = new Map<string, Role>([...groupColumns, ...memberColumns].map((one) => [one.name, one.role]));
  if (roles.size < groupColumns.length + memberColumns.length) return fail("a column that names both sides");
  const filters = filtersOf(rows.where, rows.base.alias, roles);
  const types = new Map([...(rows.where === null ? [] : columnsOf(rows.where)), ...(weight === null ? [] : columnsOf(weight))].map((one) => [one.name, one.type]));
  const filtered = filters.map(([name, role]): ScriptColumn => ({ name, role, type: types.get(name) ?? fail("no type") }));
  const taken = new Set([...roles.keys(), ...filtered.map((one) => one.name)]);
  const weighed = [...types].filter(([name]) => !taken.has(name)).map(([name, type]): ScriptColumn => ({ name, type, role: { kind: "payload", group: 0, values: payloadValues(type, []) } }));
  const entity = source?.kind === "table" ? source : null;
  const isTombstone = entity?.deletes === "tombstone";
  const times: readonly ScriptColumn[] = bridge.timed && entity !== null ? spanColumns(firstDayFor(entity)) : [];
  const flag: readonly ScriptColumn[] = isTombstone ? [{ name: "is_deleted", type: { kind: "boolean" }, role: { kind: "operation", deletes: "true", keeps: "false" } }] : [];
  const script = (bridge.timed ? later : today).filter((one) => filters.length > 0 || one.isFiltered !== true);
  return [...script, ...(isTombstone ? [over] : [])].map(({ group, state, ...one }) => {
    const row = { ...one, state: all(state) };
    return new Map([{ ...row, member: group }, row].flatMap((each, index) => scriptedValues([each], index === 0 ? groupColumns : [...memberColumns, ...filtered, ...weighed, ...times, ...flag]).flatMap((values) => [...values])));
  });
}

function keyColumns(key: readonly Expression[], { naturalKey }: EntityDimension, { rows }: MembershipBridge): readonly ScriptColumn[] {
  return key.map((value, part) => {
    const { name, type } = plain(value, rows.base.alias);
    if (naturalKey[part]?.type.kind !== type.kind) return fail("a key of another type");
    return { name, type, role: { kind: "key", part, parts: key.length } };
  });
}

function plain(value: Expression, base: string): ColumnReference {
  return value.kind === "column" && value.input === base ? value : fail("not a column of the base");
}
