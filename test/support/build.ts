import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { startEngine, type Engine } from "./engines.ts";
import { dbt, extract, generateProject } from "./project.ts";
import type { Project } from "./project.ts";
import { contents, type Warehouse } from "./warehouse.ts";

/** One load: files that arrive (from, to below the project) and the instant that the run stands for. */
export interface Day {
  readonly files: readonly { readonly from: string; readonly to: string }[];
  readonly asOf?: string;
}

/** A fixture with its days. */
export interface Scenario {
  readonly fixture: string;
  readonly project: string;
  readonly pipeline: string;
  readonly days: readonly Day[];
}

/** For a build of what was built with unit tests before: they see no data, so that they would say the same again. */
export const withoutUnitTests = ["--exclude-resource-type", "unit_test"] as const;

/** For a build after which all rows are compared with those that were tested. */
export const withoutTests = [...withoutUnitTests, "--exclude-resource-type", "test"] as const;

/**
 * Compiles a fixture and builds it day by day with the real dlt and dbt; warnings are errors. Unit tests see no data, so they run on
 * the last day; on DuckDB the tests of data run every day, on other engines on the last.
 */
export async function buildScenario(scenario: Scenario, engine: Engine): Promise<Project> {
  const environment = await engine.environment(scenario.project);
  const project = generateProject(join(root, "fixtures", scenario.fixture), engine.name, environment);
  for (const day of scenario.days) {
    for (const file of day.files) cpSync(file.from, join(project.folder, file.to), { recursive: true });
    extract(project, scenario.pipeline);
    const left = day === scenario.days.at(-1) ? [] : engine.name === "duckdb" ? ["unit_test"] : ["unit_test", "test"];
    dbt(project, [[...build(day), ...left.flatMap((type) => ["--exclude-resource-type", type])]]);
  }
  return project;
}

/** A scenario that was built before the tests of a block. */
export interface Built {
  readonly query: Warehouse["query"];
  /** Values of each row, as texts. */
  readonly rows: (sql: string) => Promise<readonly (readonly (string | null)[])[]>;
  /** Work on the project's files and tables, for which the warehouse is closed. */
  readonly rework: (work: (project: Project) => void | Promise<void>) => Promise<void>;
  /** Expects that the last day changes not one row of any table when it runs again. On PostgreSQL the ledger, the loads and the fixture of all types are asked. */
  readonly expectSameAgain: () => Promise<void>;
}

/** Builds a scenario before the tests of a block, and stops its engine after them. */
export function useScenario(scenario: Scenario, name: Engine["name"]): Built {
  let engine: Engine;
  let project: Project;
  let warehouse: Warehouse;
  beforeAll(async () => {
    engine = await startEngine(name);
    project = await buildScenario(scenario, engine);
    warehouse = await engine.open(project);
  });
  afterAll(async () => {
    await warehouse?.close();
    await engine.stop();
  });
  const rework: Built["rework"] = async (work) => {
    await warehouse.close();
    await work(project);
    warehouse = await engine.open(project);
  };
  return {
    query: (sql) => warehouse.query(sql),
    rows: async (sql) => (await warehouse.query(sql)).map((row) => Object.values(row)),
    rework,
    expectSameAgain: () => rework(() => expectRerunChangesNothing(scenario, project, engine)),
  };
}

/** Extracts and builds the last day once more and expects that not one row of any table differs. */
async function expectRerunChangesNothing(scenario: Scenario, project: Project, engine: Engine): Promise<void> {
  const before = await snapshotOf(project, engine);
  extract(project, scenario.pipeline);
  const last = scenario.days.at(-1) ?? { files: [] };
  dbt(project, [[...build(last), ...withoutTests], ["source", "freshness", ...instant(last)]]);
  const after = await snapshotOf(project, engine);
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [table, rows] of before) expect(after.get(table), table).toEqual(rows);
}

function build(day: Day): readonly string[] {
  return ["build", "--no-partial-parse", "--show-all-deprecations", ...instant(day)];
}

/** Commands with the same variables share one parsing. */
function instant(day: Day): readonly string[] {
  return day.asOf === undefined ? [] : ["--vars", JSON.stringify({ as_of_run: day.asOf })];
}

async function snapshotOf(project: Project, engine: Engine): Promise<Awaited<ReturnType<typeof contents>>> {
  const warehouse = await engine.open(project);
  try {
    return await contents(warehouse);
  } finally {
    await warehouse.close();
  }
}
