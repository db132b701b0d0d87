import { within } from "../../../diagnostics/origin.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import { dimensionModel, entityOf, historyModel, keyColumn } from "../../names.ts";

/**
 * The table behind each mini-dimension of a dimension, as the Type 2 dimension that it is: which member had which values from when
 * to when. Facts look keys of the mini-dimension up there.
 */
export function profileHistories(spec: DimensionSpec): readonly DimensionSpec[] {
  return spec.mini_dimensions.map((one, index) => ({
    ...spec,
    origin: within(spec.origin, "mini_dimensions", index),
    name: historyModel(one.name),
    type: 2,
    attributes: one.attributes.map((attribute) => ({ ...attribute, scd_type: 2 })),
    mini_dimensions: [],
    junk: [],
    outriggers: [],
    surrogate_key: null,
    hierarchy: [],
    late_arriving: null,
    delete_guard: null,
    unknown_member: one.unknown_member,
    renamed_from: null,
    description: `Which member of ${dimensionModel(spec.name)} had which row of ${dimensionModel(one.name)}, from when to when.`,
  }));
}

/** A mini-dimension and the table behind it, which gets the column of its key. */
export function withProfile(history: EntityDimension, description: string | null): readonly [EntityDimension, EntityDimension] {
  const name = history.name.replace(/_history$/, "");
  const entity = entityOf(name);
  const key = keyColumn(entity);
  const profile: EntityDimension = {
    ...history,
    name,
    entity,
    description: description ?? "",
    scdType: 1,
    columns: { key, durableKey: null },
    naturalKey: [],
    collapse: null,
    joinedHistories: [],
    history: { kind: "current" },
    ties: [],
    deletes: "close",
    deleteGuard: null,
    isMerged: false,
    models: { joined: null, versioned: null, referenced: null },
    historyOf: null,
    profileOf: history.name,
  };
  return [profile, { ...history, profile: { dimension: name, key } }];
}
