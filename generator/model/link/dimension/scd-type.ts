import type { DimensionSpec, ScdTypeSpec } from "../../../spec/types.ts";
import type { ScdType } from "../../dimension.ts";

/** The SCD type of an attribute: its own, else the dimension's, else 1. */
export function scdTypeOf(attribute: DimensionSpec["attributes"][number], spec: DimensionSpec): ScdType {
  return attribute.scd_type ?? spec.type ?? 1;
}

/** The types of all attributes of a dimension. */
export function scdTypesOf(spec: DimensionSpec): ReadonlySet<ScdType> {
  return new Set(spec.attributes.map((one) => scdTypeOf(one, spec)));
}

/** Whether a spec asks for versions: an attribute that cuts them, or a dimension that says so itself. */
export function wantsVersions(spec: DimensionSpec): boolean {
  return cutsVersions(spec.type) || spec.attributes.some((one) => cutsVersions(one.scd_type));
}

/** Whether there is an attribute that cuts versions. */
export function hasTracked(spec: DimensionSpec): boolean {
  return spec.attributes.some((one) => cutsVersions(scdTypeOf(one, spec)));
}

function cutsVersions(type: ScdTypeSpec | null): boolean {
  return type === 2 || type === 6;
}
