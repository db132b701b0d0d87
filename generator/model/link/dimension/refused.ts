import { within, type Step } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { LinkContext } from "../context.ts";

/** Reports what the language can say of dimensions but no release generates yet; true where there was any. */
export function refusedParts(spec: DimensionSpec, context: LinkContext): boolean {
  const found: { readonly at: readonly Step[]; readonly what: string; readonly instead: string }[] = [];
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
