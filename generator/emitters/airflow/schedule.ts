import type { Pipeline } from "../../model/pipeline.ts";
import type { Project } from "../../model/project.ts";
import { call, code, type PythonValue } from "../python.ts";

/** When a pipeline runs, as Python, with the names of airflow.sdk that it needs. */
export interface Schedule {
  readonly value: PythonValue;
  readonly imports: readonly string[];
  /** In words, for the DAG's page. */
  readonly words: string;
}

/** Presets that are no cron expression. */
const uncron = new Set(["@once", "@continuous"]);

/**
 * A schedule alone gives runs with a data interval; `depends_on` alone runs when all pipelines named have published; both
 * together run at the times and, so that nothing stays stale, when the others have published.
 */
export function scheduleOf(pipeline: Pipeline, project: Project): Schedule {
  const { schedule, dependsOn } = pipeline;
  const assets = dependsOn.map((name) => assetOf(name, project));
  if (schedule === null && assets.length === 0) return { value: null, imports: [], words: "by hand" };
  const after = `after ${dependsOn.map((name) => `\`${name}\``).join(" and ")}`;
  if (schedule === null) return { value: assets, imports: ["Asset"], words: after };
  const timed = timetable(schedule, pipeline.timezone);
  if (assets.length === 0) return timed;
  if (uncron.has(schedule)) return { ...timed, words: `${timed.words}; it does not wait for ${dependsOn.join(", ")}` };
  const value = call("AssetOrTimeSchedule", [["timetable", timed.value], ["assets", assets.length === 1 ? assets[0] ?? null : call("AssetAll", [], assets)]]);
  return { value, imports: [...timed.imports, "Asset", "AssetOrTimeSchedule", ...(assets.length > 1 ? ["AssetAll"] : [])], words: `${timed.words}, and ${after}` };
}

/** The asset that a pipeline publishes when all its tests have passed. */
export function assetOf(pipeline: string, project: Project): PythonValue {
  return call("Asset", [["name", `${project.name}.${pipeline}`], ["uri", `x-pipeline://${project.name}/${pipeline}`]]);
}

function timetable(schedule: string, timezone: string): Schedule {
  if (uncron.has(schedule)) return { value: schedule, imports: [], words: `\`${schedule}\`` };
  return {
    value: call("CronDataIntervalTimetable", [["timezone", timezone]], [schedule]),
    imports: ["CronDataIntervalTimetable"],
    words: `\`${schedule}\` (${timezone})`,
  };
}

/** The day from which runs exist: `backfill.from`, or a day before any warehouse that is built with this. */
export function startDate(pipeline: Pipeline): PythonValue {
  const [year, month, day] = (pipeline.backfillFrom ?? "2024-01-01").slice(0, 10).split("-").map(Number);
  return call("pendulum.datetime", [["tz", pipeline.timezone]], [code(String(year)), code(String(month)), code(String(day))]);
}
