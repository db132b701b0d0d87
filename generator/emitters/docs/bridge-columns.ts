import { bridgeColumns, type Bridge } from "../../model/bridge.ts";
import type { Model } from "../../model/types.ts";
import { originsOf } from "./origins.ts";
import { generated, type ShownColumn } from "./shown.ts";

/** The columns of a bridge in the order of its table, with what they come from. */
export function shownBridgeColumns(bridge: Bridge, model: Model): readonly ShownColumn[] {
  return bridgeColumns(bridge).map((one) => ({ ...generated(one.name, one.type, one.description), from: from(one.name, bridge, model) }));
}

function from(column: string, bridge: Bridge, model: Model): readonly string[] {
  const { group, member } = bridge;
  if (bridge.kind === "hierarchy") {
    if (column === group.column) return [`${group.dimension}.${group.key}`];
    const parents = bridge.parent.map((one) => `${member.dimension}.${one.attribute}`);
    return column === member.column ? [`${member.dimension}.${member.key}`, ...parents] : parents;
  }
  const origins = originsOf(model, bridge.rows);
  if (column === group.column) return bridge.groupKey.flatMap((one) => origins(one).from);
  if (column === member.column) return bridge.memberKey.flatMap((one) => origins(one).from);
  return bridge.weight === null ? [] : origins(bridge.weight).from;
}
