import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within } from "../../diagnostics/origin.ts";
import type { PipelineSpec } from "../../spec/types.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import type { HandWrittenTask } from "../pipeline.ts";

/** The hand-written tasks of a pipeline whose place is told, by exactly one of before and after. */
export function linkTasks(spec: PipelineSpec, log: DiagnosticLog): readonly HandWrittenTask[] {
  return spec.tasks.flatMap(({ name, before, after }, index): readonly HandWrittenTask[] => {
    const origin = within(spec.origin, "tasks", index);
    const step = before ?? after;
    if (step !== null && (before === null || after === null)) return [{ name, origin, side: before === null ? "after" : "before", step }];
    log.add(pipelineDiagnostics.report("task-place", { origin: within(origin, "name") }, { name, why: step === null ? "does not say where it stands" : "stands in two places" }));
    return [];
  });
}
