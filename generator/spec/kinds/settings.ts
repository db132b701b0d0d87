import * as z from "zod";

import { data } from "../shape/data.ts";
import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { choice, day, optional, optionalLabel, optionalName } from "../shape/scalars.ts";

const OURS = "dps-gen";

const schemas = () => z.strictObject({
  staging: key(optionalName(), { meaning: "Schema of staging models.", source: OURS, example: "staging", fallback: "staging" }),
  intermediate: key(optionalName(), {
    meaning: "Schema of intermediate models.",
    source: OURS,
    example: "intermediate",
    fallback: "intermediate",
  }),
  history: key(optionalName(), {
    meaning: "Schema of snapshots: it must never be dropped.",
    source: OURS,
    example: "history",
    fallback: "history",
  }),
  marts: key(optionalName(), { meaning: "Schema of dimensions, facts and marts.", source: OURS, example: "marts", fallback: "marts" }),
});

const dates = () => z.strictObject({
  from: key(optional(day()), { meaning: "First day of dim_date.", source: "Kimball, chapter 3", example: "2014-01-01", fallback: "1970-01-01" }),
  to: key(optional(day()), { meaning: "Last day of dim_date.", source: "Kimball, chapter 3", example: "2030-12-31", fallback: "2050-12-31" }),
  fiscal_year_start: key(optional(z.int().min(1).max(12)), {
    meaning: "Month in which the fiscal year starts.",
    source: "Kimball, chapter 3",
    example: "4",
    fallback: "1",
    zero: "is empty",
  }),
});

/** How to compile: one per spec folder. */
export const settings = once(() => z.strictObject({
  project: key(optionalName(), {
    meaning: "Name of the dbt project.",
    source: OURS,
    example: "superstore",
    fallback: "project_name of the brief",
  }),
  warehouse: key(optionalLabel(), {
    meaning: "Where the project runs, such as duckdb or postgres.",
    source: "guide, phase 1: storage",
    example: "duckdb",
    fallback: "duckdb",
  }),
  schemas: key(schemas().prefault({}), {
    meaning: "Names of the schemas, exact in production.",
    source: OURS,
    example: "{marts: reporting}",
  }),
  timezone: key(optionalLabel(), {
    meaning: "Time zone in which days are counted, and in which times were written that say neither offset nor zone.",
    source: "guide: timezone traps",
    example: "Europe/Oslo",
    fallback: "UTC",
  }),
  dates: key(dates().prefault({}), { meaning: "Range of dim_date.", source: OURS, example: "{from: 2014-01-01, to: 2030-12-31}" }),
  time_grain: key(optional(choice(["minute", "second"])), {
    meaning: "What dim_time has a row for.",
    source: "Kimball, chapter 3",
    example: "second",
    fallback: "minute",
  }),
  open_end: key(day().nullable().optional(), {
    meaning: "valid_to of a current version; null for NULL.",
    source: "Kimball, chapter 5",
    example: '"9999-12-31"',
    fallback: "9999-12-31",
  }),
  as_of_run: key(optional(choice(["wall_clock", "logical_date"])), {
    meaning: "Which time a snapshot stamps: the clock, or the day that the run stands for. DAGs say it to dbt; by hand it is the variable as_of_run, an instant in UTC: --vars '{as_of_run: 2026-03-02}' for the run of 1 March. Where timezone is not UTC it is the midnight there: '{as_of_run: 2026-03-01 23:00:00}' in Oslo.",
    source: OURS,
    example: "logical_date",
    fallback: "wall_clock",
  }),
  delete_guard: key(optional(z.union([z.number().gt(0).max(1), z.literal(false)])), {
    meaning: "Share of the members of a dimension that may vanish from a source of current state between two runs; a run in which as many vanish, and ten or all of them, stops before anything is closed. false for no limit.",
    source: OURS,
    example: "0.2",
    fallback: "0.5",
  }),
  emitters: key(z.record(z.string(), z.union([z.boolean(), z.record(z.string(), data())])).default({}), {
    meaning: "Which families of files are generated, and their options.",
    source: OURS,
    example: "{airflow: false}",
  }),
}));
