import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { dbt, checked, generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import { startEngine } from "../support/engines.ts";

const fixtures = ["superstore", "shop", "ledger", "minimal", "jaffle-shop", "kimball-golden", "kimball-golden-date-only", "scd"];

describe.each(fixtures)("the generated %s", (fixture) => {
  let project: Project;
  beforeAll(async () => {
    const engine = await startEngine("duckdb");
    project = generateProject(join(root, "fixtures", fixture), "duckdb", await engine.environment(fixture));
  });

  it("passes dbt's own JSON schemas of all adapters", () => {
    const bin = ensurePython("dbt");
    expect(checked(join(bin, "python"), [join(root, "test", "support", "schema_gate.py"), join(project.folder, "dbt")], root).trim()).toBe("");
  });

  it("gives sqlfluff with the dbt templater nothing to say", () => {
    dbt(project, [["parse", "--no-partial-parse"]]);
    const bin = ensurePython("lint");
    const environment = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, DBT_PROFILES_DIR: join(project.folder, "dbt"), DBT_SEND_ANONYMOUS_USAGE_STATS: "false" };
    const folders = ["models", "tests"].filter((folder) => existsSync(join(project.folder, "dbt", folder)));
    checked(join(bin, "sqlfluff"), ["lint", "--disable-progress-bar", ...folders], join(project.folder, "dbt"), environment);
  });

  it("gives ruff and yamllint nothing to say", () => {
    const bin = ensurePython("lint");
    const python = ["airflow", "extract"].filter((folder) => existsSync(join(project.folder, folder)));
    checked(join(bin, "ruff"), ["check", "--isolated", "--no-cache", "--select", "AIR,E,F,I,UP,DTZ", "--preview", ...python], project.folder);
    checked(join(bin, "ruff"), ["format", "--isolated", "--no-cache", "--check", ...python], project.folder);
    checked(join(bin, "yamllint"), ["--strict", "-d", "{extends: default, rules: {document-start: disable, truthy: {check-keys: false}}}", "dbt", ".github"], project.folder);
  });
});
