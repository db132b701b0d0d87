import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startEngine } from "../support/engines.ts";
import type { Engine } from "../support/engines.ts";
import { dbt, generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import { exampleSpecs, shownRows } from "../support/worked-examples.ts";
import type { ShownRows } from "../support/worked-examples.ts";

interface Contract {
  readonly name: string;
  readonly history: string | { readonly kind: string };
  readonly schema: readonly { readonly column: string; readonly type: string }[];
}

const specs = exampleSpecs();
const contracts = Object.values(specs).flatMap((text): readonly Contract[] => parse(text)["contracts"] ?? []);
const schemas = [...new Set(contracts.map(({ name }) => `raw_${name.split(".")[0] ?? ""}`))];
const examples = shownRows();
const days = [...new Set(examples.map((one) => one.day))].sort();

describe("the worked examples of docs/semantics", () => {
  let engine: Engine;
  let project: Project;
  /** What the tables held after each day, by the text of the question. */
  const held = new Map<ShownRows, readonly string[]>();
  beforeAll(async () => {
    engine = await startEngine("duckdb");
    const folder = mkdtempSync(join(tmpdir(), "dps-gen-pages-"));
    for (const [name, text] of Object.entries(specs)) writeFileSync(join(folder, name), text);
    project = generateProject(folder, "duckdb", await engine.environment("library"));
    await engine.change(project, [...schemas.map((one) => `create schema ${one}`), ...contracts.map(creation)]);
    for (const [index, day] of days.entries()) {
      await engine.change(project, examples.filter((one) => one.when === "on" && one.day === day).flatMap(arrival));
      // Tests of the project run once, on the last day.
      const tests = index < days.length - 1 ? ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"] : [];
      dbt(project, [["build", "--show-all-deprecations", ...tests, "--vars", JSON.stringify({ as_of_run: `2026-03-0${Number(day.slice(-2)) + 1} 00:00:00` })]]);
      const warehouse = await engine.open(project);
      for (const one of examples.filter((each) => each.when === "after" && each.day === day)) held.set(one, (await warehouse.query(question(one))).map((row) => lineOf(Object.values(row))));
      await warehouse.close();
    }
  });
  afterAll(async () => {
    await engine.stop();
  });

  it("tell of days and tables that there are", () => {
    expect(days).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
    expect(examples.filter((one) => one.when === "on" && !contracts.some(({ name }) => name === one.table))).toEqual([]);
  });

  it.each(examples.filter((one) => one.when === "after").map((one) => [`${one.page}: ${one.table} after ${one.day}`, one] as const))("%s", (_, one) => {
    expect([...(held.get(one) ?? [])].sort()).toEqual(one.rows.map(lineOf).sort());
  });
});

function creation({ name, schema }: Contract): string {
  return `create table raw_${name} (${schema.map(({ column, type }) => `${column} ${type === "string" ? "varchar" : type}`).join(", ")})`;
}

/** A table of today is shown as a whole, of all others what came. */
function arrival({ table, columns, rows }: ShownRows): readonly string[] {
  const isCurrent = contracts.find(({ name }) => name === table)?.history === "current_state";
  const values = rows.map((row) => `(${row.map((cell) => (cell === null ? "null" : `'${cell}'`)).join(", ")})`);
  return [...(isCurrent ? [`delete from raw_${table}`] : []), `insert into raw_${table} (${columns.join(", ")}) values ${values.join(", ")}`];
}

/** The columns that a page shows, those of dimensions by the key of the row; reserved members only where a fact points to them. */
function question({ table, columns }: ShownRows): string {
  const dimensions = [...new Set(columns.flatMap((one) => (one.includes(".") ? [one.slice(0, one.indexOf("."))] : [])))];
  const joins = dimensions.map((one) => `left join marts.${one} on ${table}.${one.slice(4)}_key = ${one}.${one.slice(4)}_key`);
  const reserved = table.startsWith("dim_") ? `where ${table}.${table.slice(4)}_key not in ('-1', '-2')` : "";
  return `select ${columns.map((one, index) => `${one.includes(".") ? one : `${table}.${one}`} as column_${index}`).join(", ")} from marts.${table} ${joins.join(" ")} ${reserved}`;
}

/** Midnight is the day, and seconds that are none go. */
function lineOf(row: readonly (string | null)[]): string {
  return row.map((cell) => (cell ?? "").replace(/^(\d{4}-\d\d-\d\d) 00:00:00$/, "$1").replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d):00$/, "$1")).join(" | ");
}
