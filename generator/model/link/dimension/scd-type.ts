import type { DimensionSpec, ScdTypeSpec } from "../../../spec/types.ts";
import type { ScdType } from "../../dimension.ts";

/** The SCD type of an attribute: its own, else the dimension's, else 1. Types that are refused before count as 1. */
export function scdTypeOf(attribute: DimensionSpec["attributes"][number], spec: DimensionSpec): ScdType {
  const type = attribute.scd_type ?? spec.type;
  return isGenerated(type) ? type : 1;
}

/** Whether a spec asks for versions: an attribute that cuts them, or a dimension that says so itself. */
export function wantsVersions(spec: DimensionSpec): boolean {
  return cutsVersions(spec.type) || spec.attributes.some((one) => cutsVersions(one.scd_type));
}

/** Whether there is an attribute that cuts versions. */
export function hasTracked(spec: DimensionSpec): boolean {
  return spec.attributes.some((one) => cutsVersions(scdTypeOf(one, spec)));
}

/** The SCD types that are generated. */
export function isGenerated(type: ScdTypeSpec | null): type is ScdType {
  return type !== null && type !== 4;
}

function cutsVersions(type: ScdTypeSpec | null): boolean {
  return type === 2 || type === 6;
}
