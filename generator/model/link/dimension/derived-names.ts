import type { DimensionSpec } from "../../../spec/types.ts";
import { dimensionModel, historyModel } from "../../names.ts";
import { scdTypesOf } from "./scd-type.ts";

/** Names of the tables that stand beside a dimension: the history of Type 4, mini-dimensions and their histories. */
export function derivedNames(spec: DimensionSpec): readonly string[] {
  const history = scdTypesOf(spec).has(4) ? [historyModel(spec.name)] : [];
  return [...history, ...spec.mini_dimensions.flatMap((one) => [dimensionModel(one.name), historyModel(one.name)])];
}
