import { within } from "../../diagnostics/origin.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

const notYet = new Map([
  ["dead_letter", "a dead letter queue"],
  ["skip_and_alert", "skip and alert"],
]);

/** Says which strategies of error handling (guide, phase 3) are not generated yet, so that nobody relies on them. */
export const errorHandling: Rule = {
  name: "error-handling",
  apply({ model }) {
    return {
      diagnostics: model.pipelines.flatMap((pipeline) => {
        const strategy = notYet.get(pipeline.errorHandling.strategy ?? "");
        if (strategy === undefined) return [];
        const origin = within(pipeline.origin, "error_handling", "strategy");
        return [rulesDiagnostics.report("error-handling-not-yet", { origin }, { pipeline: pipeline.name, strategy })];
      }),
    };
  },
};
