import { within, type Step } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DimensionSpec, ScdTypeSpec } from "../../../spec/types.ts";
import type { LinkContext } from "../context.ts";

/** Reports what the language can say of dimensions but no release generates yet; true where there was any. */
export function refusedParts(spec: DimensionSpec, context: LinkContext): boolean {
  const found: { readonly at: readonly Step[]; readonly what: string; readonly instead: string }[] = [];
  if (isLater(spec.type))
    found.push({
      at: ["type"],
      what: `A dimension of Type ${spec.type}`,
      instead: "Type 1 overwrites and Type 2 keeps versions; others come with a later release",
    });
  spec.attributes.forEach((one, index) => {
    if (isLater(one.scd_type))
      found.push({
        at: ["attributes", index, "scd_type"],
        what: `An attribute of Type ${one.scd_type}`,
        instead: "use 1 (overwrite) or 2 (keep versions); others come with a later release",
      });
  });
  if (spec.late_arriving === "infer")
    found.push({
      at: ["late_arriving"],
      what: "Inferring members from facts",
      instead: "leave it out: facts without a member point to the unknown member; infer comes with a later release",
    });
  for (const one of found)
    context.log.add(rowDiagnostics.report("not-yet", { origin: within(spec.origin, ...one.at) }, { what: one.what, instead: one.instead }));
  return found.length > 0;
}

/** The SCD types that are generated; null takes the dimension's, and that Type 1. */
export function isGenerated(type: ScdTypeSpec | null): type is 1 | 2 | null {
  return type === null || type === 1 || type === 2;
}

function isLater(type: ScdTypeSpec | null): boolean {
  return !isGenerated(type);
}
