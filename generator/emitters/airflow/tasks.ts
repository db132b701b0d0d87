import type { Pipeline } from "../../model/pipeline.ts";
import { layers } from "../../model/reach.ts";
import { rawTables } from "../../model/source.ts";
import { freshTables, stepsOf, type Step } from "../../model/steps.ts";
import type { Design } from "../../rules/types.ts";
import { call, code, type PythonValue } from "../python.ts";
import { selectionOf } from "./layers.ts";

/** A task of a DAG: the Python variable that holds its operator, and the call that makes it. */
export interface Task {
  readonly group: "extract" | "transform" | "publish";
  readonly variable: string;
  readonly value: PythonValue;
}

/** The tasks of a pipeline in the order in which they run: one for each step, hand-written ones beside theirs. */
export function tasksOf(pipeline: Pipeline, design: Design): readonly Task[] {
  const steps = stepsOf(design.model, pipeline);
  return steps.flatMap((step) => {
    const task = stepTask(step, steps, pipeline, design);
    return [...written(pipeline, step, "before", task), task, ...written(pipeline, step, "after", task)];
  });
}

function written({ tasks }: Pipeline, step: Step, side: "before" | "after", { group }: Task): readonly Task[] {
  const here = tasks.filter((one) => one.step === step && one.side === side);
  return here.map(({ name }) => ({ group, variable: `${name}_task`, value: call(`make_${name}`, [], [name]) }));
}

function stepTask(step: Step, steps: readonly Step[], pipeline: Pipeline, { model }: Design): Task {
  const outlets = [["outlets", [code("PUBLISHED")]]] as const;
  const built = layers.filter((layer) => steps.includes(layer));
  switch (step) {
    case "load_files":
      return { group: "extract", variable: step, value: extraction(pipeline) };
    case "source_freshness":
      return dbtTask("extract", step, `source freshness --select ${freshTables(model, pipeline).flatMap((one) => rawTables(one).flatMap(({ name, isClosed }) => (isClosed ? [] : [`source:${one.dbtSource}.${name}`]))).join(" ")}`);
    case "staging":
    case "intermediate":
    case "snapshots":
    case "marts":
    case "reports":
      return dbtTask("transform", step, `build --select ${selectionOf([step], pipeline.name)}`);
    case "quality_gate": {
      const published = built.filter((layer) => layer === "marts" || layer === "reports");
      return dbtTask("publish", step, `test --indirect-selection eager --select ${selectionOf(published.length > 0 ? published : built, pipeline.name)}`, outlets);
    }
    case "docs":
      return dbtTask("publish", step, "docs generate", built.length > 0 ? [] : outlets);
  }
}

/** dlt lives in an environment of its own; the shell text is fixed. */
function extraction({ name }: Pipeline): PythonValue {
  return call("BashOperator", [
    ["task_id", "load_files"],
    ["bash_command", `exec "\${DLT_PYTHON:-python}" extract/${name}.py`],
    ["cwd", code("str(PROJECT_DIR)")],
    ["skip_on_exit_code", null],
  ]);
}

function dbtTask(group: Task["group"], id: string, command: string, keywords: readonly (readonly [string, PythonValue])[] = []): Task {
  return { group, variable: id, value: call("dbt", keywords, [id, command]) };
}
