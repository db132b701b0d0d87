import type { Artifact } from "../../artifact.ts";
import type { Dialect } from "../../dialects/types.ts";
import type { EntityDimension } from "../../model/dimension.ts";
import type { Project } from "../../model/project.ts";
import type { Design } from "../../rules/types.ts";
import { dateDimensionCtes } from "./date-dimension.ts";
import { currentSelects, versionSelects } from "./dimension-final.ts";
import { memberColumns, memberCtes } from "./dimension-rows.ts";
import { snapshotVersionCtes } from "./dimension-snapshot.ts";
import { versionedCtes } from "./dimension-versions.ts";
import { intermediateFolder, martsFolder } from "./folders.ts";
import { snapshotKey } from "./snapshot.ts";
import { identifier } from "./sql/expression.ts";
import { sqlModel, type Cte } from "./sql/query.ts";
import { surrogateKey } from "./sql/surrogate-key.ts";

/** The dimensions and the intermediate models below them: joined current rows for a snapshot, versions out of a history. */
export function dimensionArtifacts({ model, dialect }: Design): readonly Artifact[] {
  return model.dimensions.flatMap((dimension) => {
    const path = `${martsFolder(dimension.domain)}/${dimension.name}.sql`;
    if (dimension.kind === "date") return [sqlModel(path, { config: [], ctes: dateDimensionCtes(dimension, dialect) }, [dimension.name], dimension.origin)];
    const below = belowDimension(dimension, dialect).map(({ name, ctes }) =>
      sqlModel(`${intermediateFolder(dimension.domain)}/${name}.sql`, { config: [], ctes }, [dimension.name], dimension.origin));
    return [...below, sqlModel(path, { config: [], ctes: dimensionCtes(dimension, model.project, dialect) }, [dimension.name], dimension.origin)];
  });
}

function belowDimension(dimension: EntityDimension, dialect: Dialect): readonly { readonly name: string; readonly ctes: readonly Cte[] }[] {
  const { joined, versioned } = dimension.models;
  return [
    ...(joined === null ? [] : [{ name: joined, ctes: joinedCtes(dimension, dialect) }]),
    ...(versioned === null ? [] : [{ name: versioned, ctes: versionedCtes(dimension, dialect) }]),
  ];
}

/** A composite key gets one column for the snapshot to know members by. */
function joinedCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const members = memberCtes(dimension, dialect);
  if (dimension.naturalKey.length === 1) return members;
  const parts = dimension.naturalKey.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
  const key = { sql: surrogateKey(parts, dialect), as: snapshotKey(dimension) };
  return [...members, { kind: "select", name: "keyed", selects: [{ columns: [key, ...memberColumns(dimension, dialect)], from: "members" }] }];
}

function dimensionCtes(dimension: EntityDimension, project: Project, dialect: Dialect): readonly Cte[] {
  switch (dimension.history.kind) {
    case "current":
      return [...memberCtes(dimension, dialect), { kind: "select", name: "final", selects: currentSelects(dimension, "members", dialect) }];
    case "snapshot":
      return [...snapshotVersionCtes(dimension, dialect), { kind: "select", name: "final", selects: versionSelects(dimension, "versions", project, dialect) }];
    case "events":
    case "extracts": {
      const model = dimension.models.versioned;
      if (model === null) throw new Error(`${dimension.name} has a history but no model of its versions`);
      return [
        { kind: "import", name: "versions", relation: { kind: "ref", model } },
        { kind: "select", name: "final", selects: versionSelects(dimension, "versions", project, dialect) },
      ];
    }
  }
}
