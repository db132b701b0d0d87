import type { Design } from "../rules/types.ts";
import { bridgeInvariants } from "./bridge-invariants.ts";
import { dimensionInvariants } from "./dimension-invariants.ts";
import { factInvariants } from "./fact-invariants.ts";
import type { Invariant } from "./invariant.ts";
import { martInvariants } from "./mart-invariants.ts";
import { relationsOf } from "./relation.ts";
import { sourceInvariants } from "./source-invariants.ts";

/**
 * Every statement that must hold of a design's warehouse after any run, as queries of their own: they follow from the specs and share nothing
 * with the SQL that the emitters write.
 */
export function invariantsOf({ model, dialect }: Design): readonly Invariant[] {
  const relations = relationsOf(model, dialect);
  return [
    ...model.dimensions.flatMap((one) => (one.kind === "table" ? [...dimensionInvariants(one, model.project, relations), ...sourceInvariants(one, model, relations)] : [])),
    ...model.bridges.flatMap((one) => bridgeInvariants(one, model, relations)),
    ...model.facts.flatMap((one) => factInvariants(one, model, relations)),
    ...model.marts.flatMap((one) => martInvariants(one, model, relations)),
  ];
}
