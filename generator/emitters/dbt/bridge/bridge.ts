import { dimensionsByName } from "../../../model/named.ts";
import type { Artifact } from "../../../artifact.ts";
import type { Bridge } from "../../../model/bridge.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { Design } from "../../../rules/types.ts";
import { instantLiteral } from "../days.ts";
import { martsFolder } from "../project/folders.ts";
import { sqlModel, type SqlModel } from "../sql/query.ts";
import { hierarchySql } from "./hierarchy.ts";
import { membershipsSql } from "./memberships.ts";
import { timedHierarchySql } from "./timed-hierarchy.ts";

/** One SQL model per bridge. */
export function bridgeArtifacts(design: Design): readonly Artifact[] {
  return design.model.bridges.map((one) => sqlModel(`${martsFolder(one.domain)}/${one.name}.sql`, bridgeSql(one, design), [one.name], one.origin));
}

function bridgeSql(bridge: Bridge, { model, dialect }: Design): SqlModel {
  const side = (name: string): EntityDimension => {
    const found = dimensionsByName(model).get(name);
    if (found?.kind !== "table") throw new Error(`${bridge.name} leads to ${name}, which has no members`);
    return found;
  };
  const openEnd = instantLiteral(model.project.openEnd ?? "9999-12-31", dialect);
  switch (bridge.kind) {
    case "memberships": {
      const { kind, id } = bridge.rows.base.reference;
      const isTombstone = kind === "dimension" && side(id).deletes === "tombstone";
      return membershipsSql(bridge, side(bridge.group.dimension), side(bridge.member.dimension), { isTombstone, openEnd }, dialect);
    }
    case "hierarchy": {
      const dimension = side(bridge.group.dimension);
      return bridge.timed ? timedHierarchySql(bridge, dimension, openEnd, dialect) : hierarchySql(bridge, dimension, dialect);
    }
  }
}
