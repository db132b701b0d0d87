import type { Artifact } from "../../artifact.ts";
import { taskModule } from "../../model/names.ts";
import type { HandWrittenTask, Pipeline } from "../../model/pipeline.ts";
import type { Design } from "../../rules/types.ts";
import type { Emitter } from "../types.ts";
import { dagArtifact } from "./dag.ts";
import { poolOf, poolsArtifact } from "./pools.ts";

/** Airflow 3: one DAG file a pipeline, the pool that DuckDB needs, and the callback that tells of failures. */
export const airflowEmitter: Emitter = {
  name: "airflow",
  description: "Airflow DAGs: one file for each pipeline.",
  emit: (design) => {
    const { pipelines } = design.model;
    if (pipelines.length === 0) return [];
    const pool = poolOf(design);
    return [
      ...pipelines.map((pipeline) => dagArtifact(pipeline, design)),
      ...pipelines.flatMap((pipeline) => pipeline.tasks.map((task) => taskArtifact(pipeline, task))),
      ...(pool === null ? [] : [poolsArtifact(pool, design)]),
      ...(pipelines.some((one) => one.errorHandling.alertChannels.length > 0) ? [alertsArtifact(design)] : []),
    ];
  },
};

/** A task that somebody writes by hand starts as one that does nothing. */
function taskArtifact({ name: pipeline }: Pipeline, { name: task, origin }: HandWrittenTask): Artifact {
  return { kind: "template", mode: "scaffold", path: `airflow/dags/${taskModule(pipeline, task)}.py`, blueprint: "airflow/task.py", view: { pipeline, task }, from: [pipeline], origin };
}

function alertsArtifact({ model }: Design): Artifact {
  return { kind: "template", mode: "generated", path: "airflow/plugins/pipeline_alerts.py", blueprint: "airflow/alerts.py", view: {}, from: [model.project.name], origin: model.project.origin };
}
