import { numberChoice } from "../shape/scalars.ts";

/** How changes of an attribute are kept: one of the types that are built in, in any common spelling. */
export function scdType() {
  return numberChoice([0, 1, 2, 3, 4, 6], (type) => [`type ${type}`, `scd ${type}`, `scd${type}`, `type${type}`, `scd type ${type}`]);
}

/** How to state the types that are made of others (docs/semantics/kimball.md), for the facts of a key. */
export const typesMadeOfOthers = {
  5: "Type 5 is a dimension with mini_dimensions: and the same attribute once more with scd_type: 1, for the value of today. ",
  7: "Type 7 is two foreign keys in the fact: one to this dimension with type: 2, one to another dimension of the same source with type: 1. ",
} as const;
