import type { TestedBridge } from "./bridge.ts";
import { membershipsOverTime, membershipsToday } from "./memberships.ts";
import { treeOverTime, treeToday } from "./trees.ts";

/** All bridges: who has shares today, then who had them when, then what lies below what, and what lay there when. */
export const BRIDGES: readonly TestedBridge[] = [
  membershipsToday("bridge_log_shares", "dim_log_place", "dim_log_closed", { kind: "log", table: "shares", share: "share" }),
  membershipsToday("bridge_state_shares", "dim_state_place", "dim_state_plain", { kind: "state", table: "shares", share: null }),
  membershipsToday("bridge_state_stakes", "dim_state_site", "dim_state_kept", { kind: "state", table: "stakes", share: null }),
  membershipsOverTime("bridge_log_times", "dim_log_place", "dim_log_closed", "dim_log_share", "share"),
  membershipsOverTime("bridge_state_times", "dim_state_place", "dim_state_plain", "dim_state_share", null),
  membershipsOverTime("bridge_extract_times", "dim_extract_place", "dim_extract_inferred", "dim_extract_share", null),
  membershipsOverTime("bridge_log_stakes", "dim_log_site", "dim_log_seen", "dim_log_stake", null),
  treeToday("bridge_log_tree", "dim_log_place"),
  treeToday("bridge_state_tree", "dim_state_place"),
  treeToday("bridge_extract_tree", "dim_extract_place"),
  treeToday("bridge_state_site_tree", "dim_state_site"),
  treeOverTime("bridge_state_tree_then", "dim_state_place"),
  treeOverTime("bridge_extract_tree_then", "dim_extract_place"),
  treeOverTime("bridge_log_site_tree", "dim_log_site"),
];

/** The bridge of this name. */
export function bridgeNamed(name: string): TestedBridge {
  const found = BRIDGES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no bridge ${name}`);
  return found;
}
