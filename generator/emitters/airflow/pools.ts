import type { Artifact } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";

/** A pool of Airflow. */
export interface Pool {
  readonly name: string;
  readonly description: string;
}

/** The pool of one slot that the tasks of all pipelines share where only one process may write to the warehouse, else null. */
export function poolOf({ model, dialect }: Design): Pool | null {
  if (!dialect.features.singleWriter) return null;
  return { name: `${model.project.name}_warehouse`, description: `One process at a time writes to ${dialect.title}.` };
}

/** What `airflow pools import` reads. A scheduler never starts a task whose pool does not exist. */
export function poolsArtifact(pool: Pool, { model }: Design): Artifact {
  return {
    kind: "data",
    format: "json",
    mode: "generated",
    path: "airflow/pools.json",
    value: { [pool.name]: { slots: 1, description: pool.description, include_deferred: true } },
    from: [model.project.name],
    origin: model.project.origin,
  };
}
