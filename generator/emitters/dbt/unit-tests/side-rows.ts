import type { SideRow } from "../../../evaluate/memberships.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { instantOf } from "../../../evaluate/time.ts";
import type { Value } from "../../../evaluate/value.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { beginning } from "./dimension-rows.ts";
import { all, firstDayFor, scriptedValues, spanColumns, type ScriptColumn, type ScriptRow } from "./script.ts";

/** How many members a unit test gives each side of a bridge. */
export const MEMBERS = 4;

/**
 * The rows of a dimension that a bridge reads: members by their number, the first two in two versions each where there are versions, the newest first;
 * and the reserved ones. `own` gives a row further columns, by the number of the member and of its version, the newest being 0; `reserved` gives them to those.
 * Where members can go the third one does, if `goes` says so.
 */
export function sideRows(dimension: EntityDimension, { own = () => new Map(), reserved: others = new Map(), goes = false }: { readonly own?: (member: number, age: number) => Values; readonly reserved?: Values; readonly goes?: boolean } = {}): readonly Values[] {
  const { columns, naturalKey, entity } = dimension;
  const versions = spans(dimension, goes && canGo(dimension)).map(({ member, age, at, until }): ScriptRow & { readonly age: number } => ({ member, age, at, until, state: all(null) }));
  const script: readonly ScriptColumn[] = [
    ...naturalKey.map(({ name, type }, part): ScriptColumn => ({ name, type, role: { kind: "key", part, parts: naturalKey.length } })),
    ...(columns.durableKey === null ? [] : spanColumns(firstDayFor(dimension))),
  ];
  const rows = versions.map((row) => {
    const member = row.member ?? 0;
    const name = `${entity}_${member + 1}`;
    const keys: readonly (readonly [string, Value])[] = columns.durableKey === null ? [[columns.key, name]] : [[columns.key, `${name}_${row.age === 0 ? "now" : "then"}`], [columns.durableKey, name]];
    return new Map([...keys, ...[...scriptedValues([row], script)].flatMap((one) => [...one]), ...own(member, row.age)]);
  });
  const reserved = ["-1", "-2"].map((code) => new Map<string, Value>([[columns.key, code], ...(columns.durableKey === null ? [] : [[columns.durableKey, code], ["valid_from", beginning()]] as const), ...others]));
  return [...rows, ...reserved].map((row) => (dimension.deletes === "tombstone" ? new Map([...row, ["is_deleted", false]]) : row));
}

/** The rows of a side as a bridge is made of them, under the key that it shows. */
export function sidesOf(rows: readonly Values[], shown: string, dimension: EntityDimension): readonly SideRow[] {
  return rows.map((row) => {
    const time = (name: string): bigint | null => microsOf(row.get(name) ?? null);
    return { key: dimension.naturalKey.map(({ name }) => row.get(name) ?? null), shown: String(row.get(shown)), from: time("valid_from"), to: time("valid_to") };
  });
}

/** Whether a version may end without another one. */
function canGo({ deletes, history }: EntityDimension): boolean {
  return deletes === "close" && (history.kind !== "events" || history.isDelete !== null);
}

/** The first changes on the fifth day, the second on the third, the third may go on the seventh; nobody is known before the first day. */
function spans({ columns }: EntityDimension, goes: boolean): readonly { readonly member: number; readonly age: number; readonly at: number; readonly until: number | null }[] {
  const everyone = Array.from({ length: MEMBERS }, (_, member) => ({ member, age: 0, at: member === 0 ? 4 : member === 1 ? 2 : 0, until: goes && member === 2 && columns.durableKey !== null ? 6 : null }));
  return columns.durableKey === null ? everyone : [...everyone, { member: 0, age: 1, at: 0, until: 4 }, { member: 1, age: 1, at: 1, until: 2 }];
}

/** An instant in microseconds; null for NULL. */
export function microsOf(value: Value): bigint | null {
  return value === null ? null : instantOf(value).micros;
}
