import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compiled } from "../compiled.ts";

function spec(settings: string): string {
  return `
settings: {project: feed, timezone: UTC${settings}}
contract: {name: feed.events, primary_key: [id], history: append_only, schema: [{column: id, type: integer}]}
pipeline: {name: daily, extract: {source_system: feed, connection: "files:landing/{table}.csv"}, backfill: {from: 2026-01-01}}
`;
}

describe("the files of the generated repository", () => {
  it("say in the README where files belong and how to build in three commands", async () => {
    const readme = (await compiled(spec(""))).get("README.md") ?? "";
    expect(readme).toContain("- `landing/{table}.csv`");
    expect(readme).toMatch(/make setup.*\nmake build.*\nmake look/);
    expect(readme).toContain("airflow backfill create --dag-id daily");
    expect(readme).not.toMatch(/\n{3}/);
  });

  it("name a place of files once, however many pipelines look there", async () => {
    const more = `contracts: [{name: gate.visits, primary_key: [id], schema: [{column: id, type: integer}]}]
pipelines: [{name: nightly, extract: {source_system: gate, connection: "files:landing/{table}.csv"}}]`;
    const readme = (await compiled(`${spec("")}${more}`)).get("README.md") ?? "";
    expect(readme.match(/landing\/\{table\}\.csv/g)).toHaveLength(1);
  });

  it("ask for the secrets of a server, and never default them", async () => {
    const readme = (await compiled(spec(""), "postgres")).get("README.md") ?? "";
    expect(readme).toContain("| `FEED_PG_PASSWORD` | Password of that user. | none: must be set |");
  });

  it("pin what is installed, for the warehouse in use", async () => {
    const duckdb = await compiled(spec(""));
    expect(duckdb.get("requirements/dbt.txt")).toBe("dbt-core==1.12.6\ndbt-duckdb==1.11.1\nduckdb==1.5.6\n");
    const postgres = await compiled(spec(""), "postgres");
    expect(postgres.get("requirements/extract.txt")).toContain("dlt[postgres]==1.31.0");
    for (const [path, text] of [...duckdb, ...postgres]) if (/^requirements\/(?!overrides)/.test(path)) expect(text).toMatch(/^(\S+==\S+\n)+$/);
  });

  it("check the project in CI, and build it where sample files are committed", async () => {
    const workflow = parse((await compiled(spec(""))).get(".github/workflows/ci.yml") ?? "");
    expect(workflow.jobs.check.steps.at(-1)).toEqual({ name: "Build on the sample files, where there are any", if: "hashFiles('landing/*.csv') != ''", run: "make build" });
    const server = parse((await compiled(spec(""), "postgres")).get(".github/workflows/ci.yml") ?? "");
    expect(JSON.stringify(server)).not.toContain("make build");
  });

  it("leave out what is switched off", async () => {
    const files = await compiled(spec(", emitters: {airflow: false, extract: false}"));
    expect([...files.keys()].filter((path) => /^(airflow|extract)\//.test(path))).toEqual([]);
    expect(files.get("Makefile")).not.toMatch(/airflow|extract/);
    expect(files.get("README.md")).not.toMatch(/airflow/i);
    expect([...files.keys()]).not.toContain("requirements/airflow.txt");
  });
});
