import type { Artifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { Project } from "../../../model/project.ts";
import type { Design } from "../../../rules/types.ts";
import { dateDimensionCtes } from "./date-dimension.ts";
import { finalCtes, outriggerImports } from "./final.ts";
import { absentCtes, referencedCtes } from "./references.ts";
import { mergeConfig, replacedCte, toldCtes } from "./merge.ts";
import { tableColumns } from "./properties.ts";
import { memberColumns, memberCtes, rowColumns } from "./rows.ts";
import { rememberedCtes } from "./shared.ts";
import { timeDimensionCtes } from "./time-dimension.ts";
import { versionedCtes } from "./versions.ts";
import { intermediateFolder, martsFolder } from "../project/folders.ts";
import { hash } from "../../../model/short-name.ts";
import { snapshotKey } from "./snapshot.ts";
import { identifier } from "../sql/expression.ts";
import { sqlModel, type Cte } from "../sql/query.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/** The dimensions and the intermediate models below them: joined current rows for a snapshot, versions out of a history. */
export function dimensionArtifacts({ model, dialect }: Design): readonly Artifact[] {
  return model.dimensions.flatMap((dimension) => {
    const path = `${martsFolder(dimension.domain)}/${dimension.name}.sql`;
    if (dimension.kind !== "table") {
      const ctes = dimension.kind === "date" ? dateDimensionCtes(dimension, dialect) : timeDimensionCtes(dimension, dialect);
      return [sqlModel(path, { config: [], ctes }, [dimension.name], dimension.origin)];
    }
    const below = belowDimension(dimension, dialect).map(({ name, ctes }) =>
      sqlModel(`${intermediateFolder(dimension.domain)}/${name}.sql`, { config: [], ctes }, [dimension.name], dimension.origin));
    const sql = dimension.isMerged
      ? { config: mergeConfig(dimension), ctes: mergedCtes(dimension, model.project, dialect) }
      : { config: [], ctes: dimensionCtes(dimension, model.project, dialect) };
    return [...below, sqlModel(path, sql, [dimension.name], dimension.origin)];
  });
}

function belowDimension(dimension: EntityDimension, dialect: Dialect): readonly { readonly name: string; readonly ctes: readonly Cte[] }[] {
  const { joined, versioned, referenced } = dimension.models;
  return [
    ...dimension.joinedHistories.map(({ versions }) => ({ name: versions.name, ctes: versionedCtes(versions, dialect) })),
    ...(joined === null ? [] : [{ name: joined, ctes: joinedCtes(dimension, dialect) }]),
    ...(versioned === null ? [] : [{ name: versioned, ctes: historyCtes(dimension, dialect) }]),
    ...(referenced === null ? [] : [{ name: referenced, ctes: referencedCtes(dimension, dialect) }]),
  ];
}

/** A composite key gets one column for the snapshot to know members by. */
function joinedCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const members = memberCtes(dimension, dialect);
  if (dimension.naturalKey.length === 1) return members;
  const parts = dimension.naturalKey.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
  const key = { sql: surrogateKey(parts, dialect), as: snapshotKey(dimension) };
  return [...members, { kind: "select", name: "keyed", selects: [{ columns: [key, ...rowColumns(dimension, dialect)], from: "members" }] }];
}

function dimensionCtes(dimension: EntityDimension, project: Project, dialect: Dialect): readonly Cte[] {
  const { referenced } = dimension.models;
  const keys: readonly Cte[] = referenced === null ? [] : [{ kind: "import", name: "referenced", relation: { kind: "ref", model: referenced } }];
  return [...outriggerImports(dimension, dialect), ...keys, ...memoryCtes(dimension, dialect), ...absentCtes(dimension, dialect), ...finalCtes(dimension, project, dialect)];
}

/** What a merged dimension is made of: the hash of all SQL that makes the rows of a member. */
export function definitionOf(dimension: EntityDimension, project: Project, dialect: Dialect): string {
  const anew = { ...dimension, isMerged: false };
  return hash(JSON.stringify([versionedCtes(anew, dialect), finalCtes(anew, project, dialect)]));
}

/** The same for the members of whom a run is told something new. */
function mergedCtes(dimension: EntityDimension, project: Project, dialect: Dialect): readonly Cte[] {
  const definition = definitionOf(dimension, project, dialect);
  const ctes = [...versionedCtes(dimension, dialect), ...finalCtes(dimension, project, dialect)];
  const told = toldCtes(dimension, definition, dialect);
  return [
    ...[...ctes, ...told].filter((one) => one.kind === "import"),
    ...[...told, ...ctes].filter((one) => one.kind !== "import"),
    replacedCte(dimension, tableColumns(dimension), definition, dialect),
  ];
}

/** What the dimension is made of: CTEs whose last one is `versions`, or `members` in a dimension without versions. */
function memoryCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  if (dimension.profileOf !== null) return profileCtes(dimension, dimension.profileOf, dialect);
  switch (dimension.history.kind) {
    case "current":
      return memberCtes(dimension, dialect);
    case "snapshot":
      return historyCtes(dimension, dialect);
    case "events":
    case "extracts": {
      const model = dimension.models.versioned;
      if (model === null) throw new Error(`${dimension.name} has a history but no model of its versions`);
      return [{ kind: "import", name: dimension.scdType === 2 ? "versions" : "members", relation: { kind: "ref", model } }];
    }
  }
}

/** Every combination of values that a member ever had. */
function profileCtes(dimension: EntityDimension, history: string, dialect: Dialect): readonly Cte[] {
  const real = `${dimension.columns.key} not in ('-1', '-2')`;
  return [
    { kind: "import", name: "profiles", relation: { kind: "ref", model: history } },
    { kind: "select", name: "members", selects: [{ distinct: true, columns: memberColumns(dimension, dialect), from: "profiles", where: [real] }] },
  ];
}

function historyCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  return dimension.scdType === 2 ? versionedCtes(dimension, dialect) : rememberedCtes(dimension, dialect);
}
