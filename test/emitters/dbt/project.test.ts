import { describe, expect, it } from "vitest";
import type { Data } from "../../../generator/artifact.ts";
import { dbtEmitter } from "../../../generator/emitters/dbt/emitter.ts";
import { genericTests } from "../../../generator/emitters/dbt/properties/tests.ts";
import { renderArtifacts } from "../../../generator/output/render.ts";
import { starSpecs } from "./star.ts";
import { designOf } from "./warehouse.ts";

const artifacts = [...dbtEmitter.emit(designOf(starSpecs, "duckdb"))];
const files = new Map(renderArtifacts(artifacts).map((one) => [one.path, one.text]));
const text = (path: string): string => files.get(path) ?? "";

describe("the dbt project of a star", () => {
  it("describes every model that it writes, and every column", () => {
    const models = [...files.keys()].flatMap((path) => /^dbt\/models\/.*\/([a-z_0-9]+)\.sql$/.exec(path)?.[1] ?? []);
    const described = artifacts.flatMap((one) => (one.kind === "data" ? list(field(one.value, "models")) : []));
    expect(described.map((one) => String(field(one, "name"))).sort()).toEqual(models.sort());
    for (const one of described) {
      expect(field(one, "description"), String(field(one, "name"))).toMatch(/\.$/);
      expect(field(field(one, "config"), "group")).toBe("ledger");
      for (const column of list(field(one, "columns"))) expect(field(column, "description"), String(field(column, "name"))).toMatch(/\.$/);
    }
  });

  it("names every test, within PostgreSQL's limit and only once", () => {
    const names = [...files]
      .filter(([path]) => path.startsWith("dbt/models/") && path.endsWith(".yml"))
      .flatMap(([, yaml]) => [...yaml.matchAll(/^ +name: (\S+__\S+)$/gm)].map((one) => one[1] ?? ""));
    expect(names.length).toBeGreaterThan(40);
    expect(new Set(names).size).toBe(names.length);
    for (const one of names) expect(one.length).toBeLessThanOrEqual(63);
  });

  it("brings the generic tests and macros that it uses, and no other", () => {
    const used = genericTests
      .filter((one) => new RegExp(`^ +- ${one.name}:`, "m").test([...files.values()].join("\n")))
      .map((one) => one.name);
    const brought = [...files.keys()].flatMap((path) => /^dbt\/tests\/generic\/(.*)\.sql$/.exec(path)?.[1] ?? []);
    expect(brought).toEqual(used);
    expect(files.has("dbt/macros/pii_salt.sql")).toBe(false);
    expect(files.has("dbt/macros/snapshot_get_time.sql")).toBe(false);
    for (const path of files.keys())
      if (path.startsWith("dbt/macros/") && path.endsWith(".sql"))
        expect(text("dbt/macros/_macros.yml")).toContain(path.replace(/^.*\/|\.sql$/g, ""));
  });

  it("states contracts on dimensions, facts and marts, with the key as a constraint, which DuckDB has none of in facts", () => {
    const yaml = text("dbt/models/marts/core/_core__models.yml");
    expect(yaml.match(/enforced: true/g)).toHaveLength(6);
    expect(yaml.match(/type: not_null/g)).toHaveLength(6);
    expect(yaml.match(/type: primary_key/g)).toHaveLength(2);
  });

  it("counts the rows of facts that filter nothing against their source", () => {
    expect(text("dbt/models/marts/core/_core__models.yml")).toContain("name: fct_movements__rows_of_stg_bank__movement");
  });

  it("configures only layers that hold a model", () => {
    expect(text("dbt/dbt_project.yml")).not.toContain("snapshots:\n");
    expect(text("dbt/dbt_project.yml")).toContain("reports:\n");
  });
});

function field(value: Data | undefined, name: string): Data | undefined {
  return typeof value === "object" && value !== null && !isList(value) ? value[name] : undefined;
}

function list(value: Data | undefined): readonly Data[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}
