import type { Artifact } from "../../artifact.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import { reachOf } from "../../model/reach.ts";
import type { Design } from "../../rules/types.ts";
import { call, code, columnsOf, dict, pythonString, pythonValue, type PythonValue } from "../python.ts";
import { dagDoc } from "./doc.ts";
import { layersReached, selectionOf } from "./layers.ts";
import { poolOf } from "./pools.ts";
import { assetOf, scheduleOf, startDate } from "./schedule.ts";

/** Longest time of one task where the pipeline states no SLA. */
const TASK_HOURS = 6;

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
      sdkImports: importOrder(["DAG", "Asset", "Param", "TaskGroup", "chain", ...schedule.imports]),
      alerts: pipeline.errorHandling.alertChannels.length > 0,
      doc: dagDoc(pipeline, schedule.words),
      dag: pythonValue(dagCall(pipeline, design, schedule.value), 0, "with ".length, 1),
      environment: pythonValue(environment(pipeline, design), 0, "DBT_ENV = ".length),
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

function dagCall(pipeline: Pipeline, design: Design, schedule: PythonValue): PythonValue {
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
    ["params", parameters(varsOf(pipeline, design))],
    ["tags", ["dbt", design.model.project.name.replaceAll("_", "-"), ...(tier === null ? [] : [`tier-${tier}`])]],
  ]);
}

/** The variables that the DAG gives dbt: the moment that a run stands for, and from when on facts read their windows once. */
interface Vars {
  readonly asOfRun: boolean;
  readonly backfill: boolean;
}

function varsOf({ name }: Pipeline, { model }: Design): Vars {
  const built = new Set(reachOf(model, name).marts);
  return { asOfRun: model.project.asOfRun === "logical_date", backfill: model.facts.some((one) => one.load.lookback !== null && built.has(one.name)) };
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

function environment(pipeline: Pipeline, design: Design): PythonValue {
  const { asOfRun, backfill } = varsOf(pipeline, design);
  return dict([
    ...(asOfRun || backfill ? [["DBT_VARS", code("DBT_VARS")] as const] : []),
    ["DBT_FULL_REFRESH", "{{ params.full_refresh }}"],
    ["DBT_TARGET_PATH", `target/${pipeline.name}`],
    ["DBT_INDIRECT_SELECTION", "buildable"],
    ["DBT_EXCLUDE_RESOURCE_TYPES", "unit_test"],
    ["DBT_SEND_ANONYMOUS_USAGE_STATS", "false"],
  ]);
}

interface Task {
  readonly group: "extract" | "transform" | "publish";
  readonly id: string;
  /** The call that makes the operator. */
  readonly value: PythonValue;
}

function tasksOf(pipeline: Pipeline, design: Design): readonly Task[] {
  const layers = layersReached(reachOf(design.model, pipeline.name));
  const published = layers.filter((layer) => layer === "marts" || layer === "reports");
  const fresh = freshTables(pipeline, design);
  const files = pipeline.extract.connection?.kind === "files" && pipeline.extract.tables.length > 0;
  const gate = `test --indirect-selection eager --select ${selectionOf(published.length > 0 ? published : layers, pipeline.name)}`;
  const outlets = [["outlets", [code("PUBLISHED")]]] as const;
  return [
    ...(files ? [{ group: "extract", id: "load_files", value: extraction(pipeline) } as const] : []),
    ...(fresh.length > 0 ? [dbtTask("extract", "source_freshness", `source freshness --select ${fresh.join(" ")}`)] : []),
    ...layers.map((layer) => dbtTask("transform", layer, `build --select ${selectionOf([layer], pipeline.name)}`)),
    ...(layers.length > 0 ? [dbtTask("publish", "quality_gate", gate, outlets)] : []),
    dbtTask("publish", "docs", "docs generate", layers.length > 0 ? [] : outlets),
  ];
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
  return { group, id, value: call("dbt", keywords, [id, command]) };
}

/** The tables of the pipeline whose freshness dbt can tell: those with a load time and an SLA. */
function freshTables(pipeline: Pipeline, { model }: Design): readonly string[] {
  return model.sources
    .filter((one) => pipeline.extract.tables.includes(one.name) && one.loadedAt !== null && one.sla.freshnessHours !== null)
    .map((one) => `source:${one.dbtSource}.${one.table}`);
}

const tooltips = { extract: "Load the sources and check their age", transform: "One dbt build for each layer", publish: "Test and document what is published" } as const;

function groupsOf(tasks: readonly Task[]): readonly { readonly id: string; readonly tooltip: string; readonly tasks: readonly { readonly id: string; readonly code: string }[] }[] {
  return (["extract", "transform", "publish"] as const)
    .map((group) => ({
      id: pythonString(group),
      tooltip: pythonString(tooltips[group]),
      tasks: tasks.filter((task) => task.group === group).map(({ id, value }) => ({ id, code: pythonValue(value, 8, 8 + columnsOf(`${id} = `)) })),
    }))
    .filter((group) => group.tasks.length > 0);
}

function chainOf(tasks: readonly Task[]): string {
  return pythonValue(call("chain", [], tasks.map(({ id }) => code(id))), 4);
}

/** Names to import in the order of isort: constants, classes, functions. */
function importOrder(names: readonly string[]): readonly string[] {
  const rank = (name: string): string => `${name === name.toUpperCase() ? 0 : /^[A-Z]/.test(name) ? 1 : 2}${name}`;
  return [...new Set(names)].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
