import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import { dimensionModel, historyModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { scdTypeOf, scdTypesOf } from "./scd-type.ts";

/**
 * The history table of a Type 4 dimension, as the Type 2 dimension that it is: versions cut by the Type 4 attributes. Null where
 * there are none, or where the dimension keeps versions itself (reported).
 */
export function historyTable(spec: DimensionSpec, context: LinkContext): DimensionSpec | null {
  if (!scdTypesOf(spec).has(4)) return null;
  const name = dimensionModel(spec.name);
  const versioned = spec.attributes.findIndex((one) => [2, 6].includes(scdTypeOf(one, spec)));
  const attribute = spec.attributes[versioned];
  if (attribute !== undefined) {
    const origin = within(spec.origin, "attributes", versioned);
    const parameters = { dimension: name, name: attribute.name, type: scdTypeOf(attribute, spec) };
    context.log.add(dimensionDiagnostics.report("versions-in-two-places", { origin }, parameters));
    return null;
  }
  return {
    ...spec,
    name: historyModel(spec.name),
    type: 2,
    attributes: spec.attributes.map((one) => ({ ...one, scd_type: scdTypeOf(one, spec) === 4 ? 2 : scdTypeOf(one, spec) })),
    surrogate_key: null,
    mini_dimensions: [],
    outriggers: [],
    hierarchy: [],
    late_arriving: null,
    renamed_from: spec.renamed_from === null ? null : historyModel(spec.renamed_from),
    description: `Every version of ${name}, with the time from when to when it held.`,
  };
}
