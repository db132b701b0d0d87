import type { Dialect } from "../../../dialects/types.ts";
import type { HierarchyBridge } from "../../../model/bridge.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { identifier } from "../sql/expression.ts";

/**
 * When `parent` is the one above `child`: who names itself has nobody above, and neither have reserved members. `key` is the column of both that all versions
 * of a member share.
 */
export function isParent(bridge: HierarchyBridge, dimension: EntityDimension, key: string, dialect: Dialect): readonly string[] {
  const named = bridge.parent.map((one) => `child.${identifier(one.attribute, dialect)} = parent.${identifier(one.member, dialect)}`);
  const own = dimension.naturalKey.slice(0, 1).map(({ name }) => `child.${identifier(name, dialect)} is not null`);
  return [...named, `child.${key} <> parent.${key}`, ...(labelsParents(bridge, dimension) ? own : [])];
}

/** Whether reserved members bear a label where others name the one above them: it could be somebody's key. */
export function labelsParents({ parent }: HierarchyBridge, { attributes }: EntityDimension): boolean {
  const labels = parent.map((one) => attributes.find(({ name }) => name === one.attribute));
  return labels.every((one) => one !== undefined && (one.unknownLabel !== null || one.notApplicableLabel !== null));
}
