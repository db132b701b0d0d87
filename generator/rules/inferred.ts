import type { Rule } from "./types.ts";

/** Records what the linker settled because exactly one answer fitted. */
export const inferred: Rule = {
  name: "inferred",
  apply: ({ model }) => ({ decisions: model.inferred.map((one) => ({ rule: "inferred", ...one, alternatives: [] })) }),
};
