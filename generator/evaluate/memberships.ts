import type { MembershipBridge } from "../model/bridge.ts";
import type { Expression } from "../model/expression.ts";
import { evaluate, type Row } from "./expression.ts";
import { keyText } from "./members.ts";
import { toFloat } from "./number.ts";
import { joinedRows, type Tables } from "./rows.ts";
import { instantOf } from "./time.ts";
import type { Value } from "./value.ts";

/** A row of a dimension at one side of a bridge: its natural key (NULL in reserved members), the key that the bridge shows, and when it holds (null: no versions). */
export interface SideRow {
  readonly key: readonly Value[];
  readonly shown: string;
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** That a group has a member, with which share (null: one like all others), and from when to when. */
export interface Membership {
  readonly group: readonly Value[];
  readonly member: readonly Value[];
  readonly share: number | null;
  readonly from: bigint;
  readonly to: bigint | null;
}

/** A row of a bridge; the times are null where it tells of today only, `to` too where there is no end. */
export interface Share {
  readonly group: string;
  readonly member: string;
  readonly share: number;
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** What the rows of a bridge say; those that lack a key, or tell that a membership is over, say nothing. For use within an `attempt`. */
export function membershipsIn(bridge: MembershipBridge, tables: Tables): readonly Membership[] {
  const { base } = bridge.rows;
  return joinedRows(bridge.rows, tables).flatMap((row) => {
    const own = (name: string): Value => row({ kind: "column", input: base.alias, name, type: { kind: "timestamp" } });
    const [group, member] = [bridge.groupKey, bridge.memberKey].map((key) => key.map((one) => evaluate(one, row)));
    if (group === undefined || member === undefined || [...group, ...member].includes(null) || own("is_deleted") === true) return [];
    const [from, to] = [own("valid_from"), own("valid_to")];
    return [{ group, member, share: shareOf(bridge.weight, row), from: bridge.timed ? instantOf(from).micros : 0n, to: to === null ? null : instantOf(to).micros }];
  });
}

/** Every group with its members as they are now, by their newest rows. */
export function sharesNow(groups: readonly SideRow[], members: readonly SideRow[], memberships: readonly Membership[]): readonly Share[] {
  const newest = (one: Membership): SideRow | undefined => rowsOf(one.member, members).reduce<SideRow | undefined>((last, row) => (last === undefined || (row.from ?? 0n) > (last.from ?? 0n) ? row : last), undefined);
  return distinct(groups).flatMap((group) => sharedOut(group, held(group, memberships), newest, { from: null, to: null }));
}

/** Every group with its members in each span in which they, and what is said of them, were the same. The first span reaches back to `beginning`. */
export function sharesOverTime(groups: readonly SideRow[], members: readonly SideRow[], memberships: readonly Membership[], beginning: bigint): readonly Share[] {
  return distinct(groups).flatMap((group) => {
    const own = held(group, memberships);
    const changes = own.flatMap((one) => rowsOf(one.member, members).flatMap(({ from, to }) => [from, to].flatMap((at) => (at !== null && one.from < at && isBefore(at, one.to) ? [at] : []))));
    const starts = [...new Set([...own.flatMap((one) => [one.from, ...(one.to === null ? [] : [one.to])]), ...changes])].sort((one, other) => Number(one - other));
    if (starts.length === 0) return sharedOut(group, [], () => undefined, { from: beginning, to: null });
    return starts.flatMap((at, index) => {
      const valid = (one: Membership): SideRow | undefined => rowsOf(one.member, members).find(({ from, to }) => from === null || (from <= at && isBefore(at, to)));
      const span = { from: index > 0 || at < beginning ? at : beginning, to: starts[index + 1] ?? null };
      return sharedOut(group, own.filter(({ from, to }) => from <= at && isBefore(at, to)), valid, span);
    });
  });
}

/** The members of a group, each once; who is not known is the unknown one, and so is nobody. */
function sharedOut(group: SideRow, own: readonly Membership[], find: (one: Membership) => SideRow | undefined, span: Pick<Share, "from" | "to">): readonly Share[] {
  const shares = new Map<string, number>();
  for (const one of own) {
    const member = find(one)?.shown ?? "-1";
    shares.set(member, (shares.get(member) ?? 0) + (one.share ?? 1 / own.length));
  }
  if (own.length === 0) shares.set(group.shown === "-2" ? "-2" : "-1", 1);
  return [...shares].map(([member, share]) => ({ group: group.shown, member, share, ...span }));
}

function shareOf(weight: Expression | null, row: Row): number | null {
  return weight === null ? null : toFloat(evaluate(weight, row));
}

function held(group: SideRow, memberships: readonly Membership[]): readonly Membership[] {
  return group.key.includes(null) ? [] : memberships.filter((one) => keyText(one.group) === keyText(group.key));
}

function rowsOf(key: readonly Value[], rows: readonly SideRow[]): readonly SideRow[] {
  return rows.filter((one) => !one.key.includes(null) && keyText(one.key) === keyText(key));
}

function distinct(groups: readonly SideRow[]): readonly SideRow[] {
  return [...new Map(groups.map((one) => [one.shown, one])).values()];
}

function isBefore(at: bigint, end: bigint | null): boolean {
  return end === null || at < end;
}
