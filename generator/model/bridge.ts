import type { Expression } from "./expression.ts";
import { scalar } from "./logical-type.ts";
import type { RowSource } from "./rows.ts";
import type { LogicalType, ModelNode } from "./types.ts";

/** A side of a bridge: its dimension, the column that names a row of it here, and the column there that this one holds. */
export interface BridgeSide {
  readonly dimension: string;
  readonly column: string;
  readonly key: string;
}

/** What every bridge says of itself. `name` is the dbt model, `bridge_account_holders`. */
interface BridgeNode extends ModelNode {
  /** Name under which marts go through it, `account_holders`. */
  readonly alias: string;
  readonly domain: string;
  readonly owner: string | null;
  readonly description: string;
  /** What facts point to: by the key that all versions share, so that a fact of any version finds it. */
  readonly group: BridgeSide;
  /** What a group has several of: by the key of the newest version, or where the bridge is timed of the one that was valid. In a hierarchy those above, the member itself included. */
  readonly member: BridgeSide;
  /** Model name it had before (`bridge_account_owners`), or null. */
  readonly renamedFrom: string | null;
  /** Whether rows tell from when to when they hold: memberships of a dimension of versions, a hierarchy whose parents are followed over time. */
  readonly timed: boolean;
}

/**
 * A many-to-many relation, as it is now or (`timed`) over time (Kimball, chapter 8). Every group has at least one row: one without members has the unknown one.
 * The keys are over the rows, in the order of the natural keys. `weight` is null for equal shares.
 */
export interface MembershipBridge extends BridgeNode {
  readonly kind: "memberships";
  readonly rows: RowSource;
  readonly groupKey: readonly Expression[];
  readonly memberKey: readonly Expression[];
  readonly weight: Expression | null;
}

/** A hierarchy of any depth, as it is now or (`timed`) over time (Kimball, chapter 7): every member with all above it, and itself. `parent` pairs attributes with the natural key. */
export interface HierarchyBridge extends BridgeNode {
  readonly kind: "hierarchy";
  readonly parent: readonly { readonly attribute: string; readonly member: string }[];
}

/** Any bridge. */
export type Bridge = MembershipBridge | HierarchyBridge;

/** A column of a bridge. */
export interface BridgeColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
}

/** The columns of a bridge in order; the first two are its keys. */
export function bridgeColumns(bridge: Bridge): readonly BridgeColumn[] {
  const { group, member } = bridge;
  const text = scalar("string");
  if (bridge.kind === "memberships") {
    return [
      { name: group.column, type: text, description: `The group, a row of ${group.dimension}.` },
      { name: member.column, type: text, description: `A member of the group, as ${member.dimension} shows it ${bridge.timed ? "at the time" : "now"}; -1 where no member is known.` },
      ...(bridge.timed ? spans : []),
      { name: "weighting_factor", type: scalar("float"), description: "The member's share of the group; the shares of a group add up to 1." },
    ];
  }
  return [
    { name: group.column, type: text, description: `The one below, a row of ${group.dimension}.` },
    { name: member.column, type: text, description: `The one above it, or itself, as ${member.dimension} shows it ${bridge.timed ? "at the time" : "now"}.` },
    ...(bridge.timed ? wayUp : []),
    { name: "depth", type: scalar("bigint"), description: "How many levels lie between the two; 0 is the member itself." },
    { name: "ancestor_level", type: scalar("bigint"), description: "Level of the one above, 1 at the top." },
    { name: "is_top", type: scalar("boolean"), description: "True where nothing lies above the one above." },
    { name: "is_bottom", type: scalar("boolean"), description: "True where nothing lies below the one below." },
  ];
}

const wayUp: readonly BridgeColumn[] = [
  { name: "valid_from", type: scalar("timestamp"), description: "Since when all that lies above the one below, and right below it, has been so, UTC; included." },
  { name: "valid_to", type: scalar("timestamp"), description: "Until when, UTC; not included." },
];

const spans: readonly BridgeColumn[] = [
  { name: "valid_from", type: scalar("timestamp"), description: "Since when the group has had these members and shares, UTC; included." },
  { name: "valid_to", type: scalar("timestamp"), description: "Until when, UTC; not included." },
];
