import type { Artifact } from "../../artifact.ts";
import { taskModule } from "../../model/names.ts";
import { factsByName } from "../../model/named.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import { reachOf } from "../../model/reach.ts";
import type { Design } from "../../rules/types.ts";
import { call, code, columnsOf, dict, pythonString, pythonValue, type PythonValue } from "../python.ts";
import { dagDoc } from "./doc.ts";
import { poolOf } from "./pools.ts";
import { assetOf, scheduleOf, startDate } from "./schedule.ts";
import { tasksOf, type Task } from "./tasks.ts";

/** Longest time of one task where the pipeline states no SLA. */
const TASK_HOURS = 6;

/** Columns of a line of Python. */
const WIDTH = 88;

/** Higher tiers get a free slot first. */
const priorities = { 1: 30, 2: 20, 3: 10 } as const;

/** The DAG file of a pipeline: extract, check freshness, one dbt build a layer, test what is published, document. */
export function dagArtifact(pipeline: Pipeline, design: Design): Artifact {
  const tasks = tasksOf(pipeline, design);
  const schedule = scheduleOf(pipeline, design.model.project);
  const vars = varsOf(pipeline, design);
  return {
    kind: "template",
    mode: "generated",
    path: `airflow/dags/${pipeline.name}.py`,
    blueprint: "airflow/dag.py",
    view: {
      pipeline: pipeline.name,
      imports: importsOf(pipeline, ["DAG", "Asset", "Param", "TaskGroup", "chain", ...schedule.imports]),
      doc: dagDoc(pipeline, schedule.words),
      dag: pythonValue(dagCall(pipeline, design, { schedule: schedule.value, vars }), 0, "with ".length, 1),
      environment: pythonValue(environment(pipeline, vars), 0, "DBT_ENV = ".length),
      vars,
      hasVars: vars.asOfRun || vars.backfill,
      published: pythonValue(assetOf(pipeline.name, design.model.project), 0, "PUBLISHED = ".length),
      groups: groupsOf(tasks),
      chain: chainOf(tasks),
    },
    from: [pipeline.name, ...pipeline.builds],
    origin: pipeline.origin,
  };
}

function dagCall(pipeline: Pipeline, design: Design, { schedule, vars }: { readonly schedule: PythonValue; readonly vars: Vars }): PythonValue {
  const { description, slaMinutes, name, tier } = pipeline;
  const line = description.replace(/\s+/g, " ").trim();
  return call("DAG", [
    ["dag_id", name],
    ...(line === "" ? [] : [["description", line] as const]),
    ["doc_md", code("DOC")],
    ["schedule", schedule],
    ["start_date", startDate(pipeline)],
    ["catchup", false],
    ["max_active_runs", 1],
    ...(slaMinutes === null ? [] : [["dagrun_timeout", minutes(2 * slaMinutes)] as const]),
    ["default_args", defaultArguments(pipeline, design)],
    ["params", parameters(vars)],
    ["tags", ["dbt", design.model.project.name.replaceAll("_", "-"), ...(tier === null ? [] : [`tier-${tier}`])]],
  ]);
}

/** The variables that the DAG gives dbt: the moment that a run stands for, and from when on facts read their windows once. */
interface Vars {
  readonly asOfRun: boolean;
  readonly backfill: boolean;
}

function varsOf({ name }: Pipeline, { model }: Design): Vars {
  return { asOfRun: model.project.asOfRun === "logical_date", backfill: reachOf(model, name).marts.some((one) => (factsByName(model).get(one)?.load.lookback ?? null) !== null) };
}

/** What a run may be asked for; nothing unless somebody does. */
function parameters({ backfill }: Vars): PythonValue {
  const refresh = call("Param", [["type", "boolean"], ["description", "Build incremental models from scratch."]], [false]);
  const from = call("Param", [["type", ["null", "string"]], ["format", "date"], ["description", "Load late rows too: all that were loaded since this day."]], [null]);
  return dict([["full_refresh", refresh], ...(backfill ? [["backfill_from", from] as const] : [])]);
}

function defaultArguments(pipeline: Pipeline, design: Design): PythonValue {
  const { owner, slaMinutes, tier, errorHandling } = pipeline;
  const { strategy, maxRetries, retryDelaySeconds, alertChannels } = errorHandling;
  const retries = strategy === "fail_fast" ? 0 : maxRetries;
  const pool = poolOf(design);
  return dict([
    ...(owner === null ? [] : [["owner", owner] as const]),
    ["retries", retries],
    ...(retries === 0 ? [] : ([
      ["retry_delay", call("timedelta", [["seconds", retryDelaySeconds]])],
      ["retry_exponential_backoff", code("2.0")],
      ["max_retry_delay", call("timedelta", [["hours", 1]])],
    ] as const)),
    ["execution_timeout", slaMinutes === null ? call("timedelta", [["hours", TASK_HOURS]]) : minutes(slaMinutes)],
    ...(tier === null ? [] : [["priority_weight", priorities[tier]] as const]),
    ...(pool === null ? [] : [["pool", pool.name] as const]),
    ...(alertChannels.length === 0 ? [] : [["on_failure_callback", call("alert", [], [alertChannels])] as const]),
  ]);
}

function minutes(count: number): PythonValue {
  return call("timedelta", [["minutes", count]]);
}

function environment(pipeline: Pipeline, { asOfRun, backfill }: Vars): PythonValue {
  return dict([
    ...(asOfRun || backfill ? [["DBT_VARS", code("DBT_VARS")] as const] : []),
    ["DBT_FULL_REFRESH", "{{ params.full_refresh }}"],
    ["DBT_TARGET_PATH", `target/${pipeline.name}`],
    ["DBT_INDIRECT_SELECTION", "buildable"],
    ["DBT_EXCLUDE_RESOURCE_TYPES", "unit_test"],
    ["DBT_SEND_ANONYMOUS_USAGE_STATS", "false"],
  ]);
}

const tooltips = { extract: "Load the sources and check their age", transform: "One dbt build for each layer", publish: "Test and document what is published" } as const;

function groupsOf(tasks: readonly Task[]): readonly { readonly id: string; readonly tooltip: string; readonly tasks: readonly { readonly variable: string; readonly code: string }[] }[] {
  return (["extract", "transform", "publish"] as const)
    .map((group) => ({
      id: pythonString(group),
      tooltip: pythonString(tooltips[group]),
      tasks: tasks.filter((task) => task.group === group).map(({ variable, value }) => ({ variable, code: pythonValue(value, 8, 8 + columnsOf(`${variable} = `)) })),
    }))
    .filter((group) => group.tasks.length > 0);
}

function chainOf(tasks: readonly Task[]): string {
  return pythonValue(call("chain", [], tasks.map(({ variable }) => code(variable))), 4);
}

/** Imports from other packages in the order of isort: by module. Tasks that are written by hand lie beside the DAG. */
function importsOf({ name: pipeline, tasks, errorHandling }: Pipeline, sdk: readonly string[]): string {
  const modules: readonly (readonly [string, string])[] = [
    ["airflow.providers.standard.operators.bash", imported("airflow.providers.standard.operators.bash", "BashOperator")],
    ["airflow.sdk", `from airflow.sdk import (\n${importOrder(sdk).map((name) => `    ${name},\n`).join("")})`],
    ...tasks.map(({ name }) => taskModule(pipeline, name)).map((module, index) => [module, imported(module, `make_task as make_${tasks[index]?.name ?? ""}`)] as const),
    ...(errorHandling.alertChannels.length > 0 ? [["pipeline_alerts", imported("pipeline_alerts", "alert")] as const] : []),
  ];
  return [...modules].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, text]) => text).join("\n");
}

/** An import on one line where it fits. */
function imported(module: string, what: string): string {
  const line = `from ${module} import ${what}`;
  return columnsOf(line) <= WIDTH ? line : `from ${module} import (\n    ${what},\n)`;
}

/** Names to import in the order of isort: constants, classes, functions. */
function importOrder(names: readonly string[]): readonly string[] {
  const rank = (name: string): string => `${name === name.toUpperCase() ? 0 : /^[A-Z]/.test(name) ? 1 : 2}${name}`;
  return [...new Set(names)].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
