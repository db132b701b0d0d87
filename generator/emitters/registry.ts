import { airflowEmitter } from "./airflow/airflow.ts";
import { dbtEmitter } from "./dbt/emitter.ts";
import { docsEmitter } from "./docs/emitter.ts";
import { extractEmitter } from "./extract/extract.ts";
import { projectEmitter } from "./project/project.ts";
import type { Emitter } from "./types.ts";

/** Every emitter, one line each, in the order in which `explain` lists them. */
export const emitters: readonly Emitter[] = [
  dbtEmitter,
  airflowEmitter,
  extractEmitter,
  projectEmitter,
  docsEmitter,
];
