import { most, some } from "./consumers.ts";
import { tableRule } from "./decision-table.ts";
import { not } from "./situation.ts";
import { dependencies, extraction, fewerPipelinesThan, objectsOfAtLeast, onDemand, retries } from "./specs.ts";
import { runsOn, skilled, teamOfAtLeast } from "./surroundings.ts";

/** What should run the pipelines (guide, phase 1, Orchestration): the simplest that serves, Airflow where nothing simpler does. */
export const orchestration = tableRule("orchestration", [
  {
    choice: "Temporal",
    bestFor: "long-running, retry-heavy workflows of services",
    when: [most("useCase", "operational"), some("queryPattern", "api"), teamOfAtLeast(10)],
  },
  {
    choice: "Cron + scripts",
    bestFor: "fewer than three simple pipelines of one engineer",
    when: [fewerPipelinesThan(3), extraction, not(dependencies), not(retries), not(teamOfAtLeast(2))],
  },
  {
    choice: "dbt",
    bestFor: "SQL transformations over tables that something else loads",
    when: [not(extraction), not(dependencies), not(some("latency", "real_time"))],
  },
  { choice: "Prefect", bestFor: "dynamic, cloud-native workflows", when: [onDemand, runsOn("aws", "gcp", "azure", "multi")] },
  {
    choice: "Dagster",
    bestFor: "many software-defined assets and a team that values strong typing",
    when: [objectsOfAtLeast(10), skilled("senior"), teamOfAtLeast(3)],
  },
  { choice: "Airflow", bestFor: "DAGs of many tasks, Python teams and a mature ecosystem", when: [] },
]);
