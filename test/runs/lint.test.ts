import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { startEngine } from "../support/engines.ts";
import { unlessKnownGood } from "../support/known-good.ts";
import { checked, generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import { python } from "../support/python.ts";

const fixtures = ["superstore", "shop", "ledger", "minimal", "jaffle-shop", "kimball-golden", "kimball-golden-date-only", "scd", "bank", "loads"];
const tools = readFileSync(join(root, "test", "toolchain", "lint.txt"), "utf8");

describe.each(fixtures)("the generated %s", (fixture) => {
  let project: Project;
  beforeAll(async () => {
    const engine = await startEngine("duckdb");
    project = generateProject(join(root, "fixtures", fixture), "duckdb", await engine.environment(fixture));
  });

  it("passes dbt's own JSON schemas of all adapters", () => {
    const argv = [join(root, "test", "support", "schema_gate.py"), join(project.folder, "dbt")];
    const { status, stdout, stderr } = python("dbt", argv, { cwd: root, environment: {} });
    expect({ status, said: stdout.trim() + stderr }).toEqual({ status: 0, said: "" });
  });

  it("gives sqlfluff with the dbt templater nothing to say", () => {
    const folder = join(project.folder, "dbt");
    const environment = { DBT_PROFILES_DIR: folder, DBT_SEND_ANONYMOUS_USAGE_STATS: "false" };
    const folders = ["models", "tests"].filter((each) => existsSync(join(folder, each)));
    unlessKnownGood("sqlfluff", [folder], [tools, ...folders], () => {
      const argv = [join(ensurePython("lint"), "sqlfluff"), "lint", "--disable-progress-bar", ...folders];
      const { status, stdout, stderr } = python("lint", argv, { cwd: folder, environment });
      expect(status, stdout + stderr).toBe(0);
    });
  });

  it("gives ruff and yamllint nothing to say", () => {
    const bin = ensurePython("lint");
    const folders = ["airflow", "extract"].filter((folder) => existsSync(join(project.folder, folder)));
    checked(join(bin, "ruff"), ["check", "--isolated", "--no-cache", "--select", "AIR,E,F,I,UP,DTZ", "--preview", ...folders], project.folder);
    checked(join(bin, "ruff"), ["format", "--isolated", "--no-cache", "--check", ...folders], project.folder);
    checked(join(bin, "yamllint"), ["--strict", "-d", "{extends: default, rules: {document-start: disable, truthy: {check-keys: false}}}", "dbt", ".github"], project.folder);
  });
});
