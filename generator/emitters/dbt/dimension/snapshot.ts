import type { Artifact, Data } from "../../../artifact.ts";
import { rowAttributes } from "../../../model/attributes.ts";
import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { durableKeyColumn, entityOf, keyColumn, snapshotModel } from "../../../model/names.ts";
import { dimensionsByName } from "../../../model/named.ts";
import { pipelinesOf } from "../../../model/reach.ts";
import type { Design } from "../../../rules/types.ts";
import type { Model } from "../../../model/types.ts";
import { ownerOf } from "../properties/model-properties.ts";
import { literalProse } from "../properties/prose.ts";

/**
 * One dbt snapshot per dimension that remembers what a source keeps only the current state of: strategy check and no updated_at, since a source's own clock is late, coarse or wrong (warehouse semantics, dbt snapshots: what goes wrong).
 */
export function snapshotArtifacts({ model, dialect }: Design): readonly Artifact[] {
  return model.dimensions.flatMap((dimension): readonly Artifact[] => {
    if (dimension.kind !== "table" || dimension.history.kind !== "snapshot") return [];
    const { snapshot } = dimension.history;
    const value = { version: 2, snapshots: [snapshotEntry(dimension, snapshot, model, dialect)] };
    return [{ kind: "data", format: "yaml", path: `dbt/snapshots/${snapshot}.yml`, mode: "generated", from: [dimension.name], origin: dimension.origin, value }];
  });
}

/** Name of the column that tells members apart in a snapshot: the natural key, or one hash of a composite one. */
export function snapshotKey(dimension: EntityDimension): string {
  const [only, ...more] = dimension.naturalKey;
  return only !== undefined && more.length === 0 ? only.name : dimension.columns.durableKey ?? `${dimension.entity}_durable_key`;
}

/**
 * The columns whose changes a snapshot records: all attributes, whatever their type. The dimension on top decides what cuts a version,
 * so a member that is gone shows what was seen last, and an attribute that becomes Type 2 later has its history already.
 */
export function checkedColumns(dimension: EntityDimension): readonly string[] {
  return rowAttributes(dimension).map((one) => one.name);
}

function snapshotEntry(dimension: EntityDimension, name: string, model: Model, dialect: Dialect): Data {
  const tags = pipelinesOf(model).get(name) ?? [];
  return {
    name,
    description: literalProse(`History of ${dimension.name}: every version of its rows that a run has seen.`),
    relation: `ref('${dimension.models.joined ?? ""}')`,
    config: {
      schema: model.project.schemas.history,
      strategy: "check",
      unique_key: snapshotKey(dimension),
      check_cols: checkedColumns(dimension),
      hard_deletes: dimension.deletes === "ignore" ? "ignore" : "invalidate",
      ...(tags.length === 0 ? {} : { tags }),
      meta: { owner: ownerOf(dimension.owner, name, model), ...formerSnapshot(dimension) },
    },
    columns: snapshotColumns(dimension, model, dialect),
  };
}

function formerSnapshot({ renamedFrom }: EntityDimension): { readonly [key: string]: Data } {
  return renamedFrom === null ? {} : { renamed_from: snapshotModel(entityOf(renamedFrom)) };
}

/** What the snapshot takes over, with the types and former names by which stored rows are brought along. dbt's own columns are not listed. */
function snapshotColumns(dimension: EntityDimension, model: Model, dialect: Dialect): readonly Data[] {
  const key = snapshotKey(dimension);
  const hashed = dimension.naturalKey.some(({ name }) => name === key) ? [] : [{ name: key, data_type: dialect.types.string, ...former(formerKey(dimension, model)) }];
  const columns = [...dimension.naturalKey, ...rowAttributes(dimension)];
  return [...hashed, ...columns.map((one) => ({ name: one.name, data_type: dialect.typeName(one.type), ...former(one.renamedFrom) }))];
}

/** What the hash of a composite key was called before: a history beside a dimension names it after that dimension's own key. */
function formerKey(dimension: EntityDimension, model: Model): string | null {
  const current = dimensionsByName(model).get(dimension.historyOf ?? "");
  const { renamedFrom, columns } = current?.kind === "table" ? current : dimension;
  if (renamedFrom === null) return null;
  return columns.durableKey === null ? keyColumn(entityOf(renamedFrom)) : durableKeyColumn(entityOf(renamedFrom));
}

function former(name: string | null): { readonly [key: string]: Data } {
  return name === null ? {} : { config: { meta: { renamed_from: name } } };
}
