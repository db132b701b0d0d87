import { describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";
import { loadScript } from "../../../generator/verify/load-script.ts";
import { duckdb } from "../../../generator/dialects/duckdb.ts";
import { sampleData } from "../../../generator/verify/sample/sample.ts";
import { compareModels } from "../../../generator/plan/compare.ts";
import { compiled } from "../compiled.ts";

function spec(tables: string, closed = ""): string {
  return `
settings: {project: erp, timezone: UTC}
contract:
  name: erp.orders
  physical: {tables: [${tables}], closed: [${closed}]}
  primary_key: [id]
  loaded_at: _loaded
  sla: {freshness_hours: 24}
  schema:
    - {column: id, type: integer}
    - {column: secret, type: string, pii: true, protect: drop}
    - {column: note, type: string, clean: [trim], on_failure: warn}
    - {column: amount, type: integer, clean: [trim], on_failure: warn}
    - {column: _table, type: string, rename: region, clean: [{replace: {search: orders_, by: ""}}]}
pipeline: {name: daily, extract: {source_system: erp}, builds: []}
`;
}

describe("a contract over several raw tables", () => {
  const files = compiled(spec("orders_no, Orders SE", "orders_no"));
  const text = async (path: string): Promise<string> => (await files).get(path) ?? "";

  it("stages their rows together, column by column, with the name of their table", async () => {
    const sql = await text("dbt/models/staging/erp/stg_erp__orders.sql");
    expect(sql).toContain("orders_se as (\n\n    select * from {{ source('erp', 'orders_se') }}\n\n)");
    expect(sql).toContain("        'orders_no' as _table\n    from orders_no\n\n    union all\n\n    select\n        id,\n        note,\n        amount,\n        _loaded,\n        'Orders SE' as _table\n    from orders_se\n");
    expect(sql).not.toContain("secret");
  });

  it("has an entry in the dbt source for each, tested each, and watched where rows still come", async () => {
    const yaml = await text("dbt/models/staging/erp/_stg_erp__sources.yml");
    expect(yaml.match(/- name: orders_\w+$|identifier: [A-Z].*|warn_after:|name: erp__orders_\w+__cleaned/gm)).toEqual(["- name: orders_no", "name: erp__orders_no__amount__cleaned", "- name: orders_se", "identifier: Orders SE", "warn_after:", "name: erp__orders_se__amount__cleaned"]);
    expect(yaml).not.toContain("name: _table");
    expect(await text("airflow/dags/daily.py")).toMatch(/source freshness --select source:erp\.orders_se"/);
    expect(await text("README.md")).toContain("- `raw_erp.Orders SE`");
  });

  it("has unit tests that read them all", async () => {
    const yaml = await text("dbt/models/staging/erp/_stg_erp__unit_tests.yml");
    const test = yaml.slice(yaml.indexOf("stg_erp__orders_has_the_rows_of_every_table"));
    expect(test).toMatch(/source\('erp', 'orders_no'\)\n\s+rows:\n\s+- id: 1\n\s+- input: source\('erp', 'orders_se'\)\n\s+rows:\n\s+- id: 2\n\s+expect:\n\s+rows:\n\s+- id: 1\n\s+region: "?no"?\n\s+- id: 2\n\s+region: Orders SE/);
  });

  it("gets sample data in all of them, each row in one", () => {
    const model = linked(spec("orders_no, orders_se")).model ?? expect.fail("no model");
    const { days: [day] } = sampleData(model, { seed: 1, rows: 20, days: 1 });
    const script = loadScript(day ?? expect.fail("no day"), duckdb);
    const rows = ["orders_no", "orders_se"].map((name) => script.find((one) => one.startsWith(`insert into "raw_erp"."${name}"`))?.split("), (").length ?? 0);
    expect([rows.every((one) => one > 0), rows[0] ?? 0, rows[1] ?? 0]).toEqual([true, rows[0], 20 - (rows[0] ?? 0)]);
  });

  it("gets none where the names of its tables tell its history", () => {
    const daily = spec("orders_20260101").replace("primary_key: [id]", "primary_key: [id]\n  history: {kind: periodic_extract, extract_date: _table}").replace("type: string, rename: region, clean: [", "type: date, nullable: false, rename: day, clean: [").replace('by: ""}}]', 'by: ""}}, {parse: "%Y%m%d"}]');
    expect(sampleData(linked(daily).model ?? expect.fail("no model"), { seed: 1, rows: 5, days: 1 }).problems).toEqual(["no sample tables of erp.orders are made for each day"]);
  });

  it("is told by the plan: one more brings rows, one less takes them away", () => {
    const changes = (before: string, after: string): readonly string[] => {
      const [was, is] = [before, after].map((one) => linked(spec(one)).model ?? expect.fail("no model"));
      return compareModels(was ?? expect.fail(), is ?? expect.fail()).map(({ rule, message, before: old, after: now }) => `${rule} ${message}: ${String(old ?? now)}`);
    };
    expect(changes("orders_no", "orders_no, orders_se")).toEqual(["SC201 raw table added: orders_se"]);
    expect(changes("orders_no, orders_se", "orders_no")).toEqual(["GR801 raw table removed, with its rows: orders_se"]);
  });
});
