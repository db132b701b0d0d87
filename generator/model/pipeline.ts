import type { ModelNode } from "./types.ts";

/** A pipeline: one Airflow DAG. `name` is its DAG id. */
export interface Pipeline extends ModelNode {
  readonly description: string;
  readonly owner: string | null;
  /** Cron expression or Airflow preset; null where it runs after other pipelines or by hand. */
  readonly schedule: string | null;
  readonly timezone: string;
  readonly slaMinutes: number | null;
  readonly tier: 1 | 2 | 3 | null;
  readonly extract: {
    readonly sourceSystem: string | null;
    /** `files`: our own extraction from a glob (may hold `{table}`), its texts in an encoding that Python knows by this name; `airflow`: an Airflow connection whose extraction comes with a later issue; null: loaded by others. */
    readonly connection: { readonly kind: "files"; readonly glob: string; readonly encoding: string } | { readonly kind: "airflow"; readonly id: string } | null;
    readonly strategy: "full" | "incremental" | "cdc" | "log_based" | null;
    readonly incrementalKey: string | null;
    readonly watermarkStorage: string | null;
    /** Ids of the source tables it loads. */
    readonly tables: readonly string[];
  };
  readonly load: { readonly targetSystem: string | null; readonly strategy: string | null; readonly mergeKeys: readonly string[]; readonly partitionKey: string | null; readonly clusteringKeys: readonly string[] };
  /** Names of dimensions, bridges, facts, marts and hand-written models it builds, in code-point order. */
  readonly builds: readonly string[];
  readonly qualityGates: { readonly preLoad: readonly string[]; readonly postLoad: readonly string[] };
  readonly errorHandling: { readonly strategy: "fail_fast" | "dead_letter" | "retry" | "skip_and_alert" | null; readonly maxRetries: number; readonly retryDelaySeconds: number; readonly alertChannels: readonly string[] };
  readonly dependsOn: readonly string[];
  readonly backfillFrom: string | null;
  /** Tasks that are written by hand, in the order in which they are stated. */
  readonly tasks: readonly HandWrittenTask[];
  /** Name it had before, or null. */
  readonly renamedFrom: string | null;
}

/** A task of a DAG that somebody writes by hand: `name` is its id; the Python module beside the DAG that makes its operator is `taskModule`. */
export interface HandWrittenTask extends ModelNode {
  /** The step of the pipeline it stands next to; what follows that place waits for it. */
  readonly side: "before" | "after";
  readonly step: string;
}
