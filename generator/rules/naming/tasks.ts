import { within } from "../../diagnostics/origin.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { stepsOf } from "../../model/steps.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Refuses hand-written tasks that stand next to a step their pipeline does not have, or that bear the name of one. */
export const handWrittenTasks: Rule = {
  name: "hand-written-tasks",
  apply: ({ model }) => ({
    diagnostics: model.pipelines.flatMap((pipeline) => {
      const steps: readonly string[] = stepsOf(model, pipeline);
      return pipeline.tasks.flatMap(({ name, origin, side, step }) => {
        const unknown = { pipeline: pipeline.name, step, suggestion: didYouMean(step, steps), known: steps.join(", ") };
        return [
          ...(steps.includes(step) ? [] : [rulesDiagnostics.report("unknown-step", { origin: within(origin, side) }, unknown)]),
          ...(steps.includes(name) ? [rulesDiagnostics.report("task-named-as-step", { origin: within(origin, "name") }, { name })] : []),
        ];
      });
    }),
  }),
};
