import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { startEngine } from "../support/engines.ts";
import type { Engine } from "../support/engines.ts";
import { dbt, dbtKeepGoing, generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import { contents } from "../support/warehouse.ts";

/** Rows as they arrive: products late and out of order, a corrected line, lines before their product, a deleted product, a repeated batch. */
const lines = "insert into raw_shop.order_lines values ";
const products = "insert into raw_shop.products values ";
const visits = "insert into raw_shop.visits values ";

const start = [
  "create schema raw_shop",
  "create table raw_shop.order_lines (change_id integer, order_id integer, line_number integer, ordered_at timestamp, product_id integer, quantity integer)",
  "create table raw_shop.products (change_id integer, changed_at timestamp, op varchar(1), product_id integer, price decimal(10, 2))",
  "create table raw_shop.visits (visit_id integer, visited_on date, pages integer)",
];

const batches = [
  [
    `${products}(1, '2026-03-01 08:00', 'I', 1, 10), (2, '2026-03-03 08:00', 'U', 1, 12)`,
    `${lines}(1, 1, 1, '2026-03-02 10:00', 1, 1), (2, 1, 2, '2026-03-02 10:00', 2, 2), (3, 2, 1, '2026-03-03 08:00', 1, 3), (4, 3, 1, '2026-03-04 08:00', null, 1)`,
    `${visits}(1, '2026-03-02', 4), (2, null, 1), (3, '2030-01-01', 2)`,
  ],
  /** The member of line 1/2 arrives, and a version that splits the first one; line 2/1 is corrected, a line comes with a value missing. */
  [
    `${products}(3, '2026-03-01 09:00', 'I', 2, 7), (4, '2026-03-02 09:00', 'U', 1, 11)`,
    `${lines}(5, 2, 1, '2026-03-03 08:00', 1, 4), (6, 4, 1, '2026-02-01 00:00', 1, null)`,
  ],
  /** A product that had a gap before it, a deletion before lines that are there, a line whose product is corrected to none. */
  [
    `${products}(5, '2026-03-03 07:00', 'D', 1, null), (6, '2026-01-31 00:00', 'I', 1, 9)`,
    `${lines}(7, 1, 2, '2026-03-02 10:00', null, 2), (8, 4, 1, '2026-02-01 00:00', 1, 5)`,
    `${visits}(4, '2026-02-01', 9)`,
  ],
] as const;

const facts = ["fct_lines_rebuilt", "fct_lines_merged", "fct_lines_replaced", "fct_visits"] as const;

const orders = [
  [0, 1, 2],
  [2, 0, 1],
] as const;

describe.each(["duckdb", "postgres"] as const)("loads of facts on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(async () => {
    await engine.stop();
  });

  const tables = async (project: Project) => {
    const warehouse = await engine.open(project);
    try {
      const all = await contents(warehouse);
      const own = (fact: string) => (all.get(`marts.${fact}`) ?? []).map((row) => row.replace(/lines_(rebuilt|merged|replaced)_key/, "key"));
      return Object.fromEntries(facts.map((fact) => [fact, own(fact)]));
    } finally {
      await warehouse.close();
    }
  };

  const build = (project: Project, ...more: readonly string[]) => dbt(project, [["build", "--no-partial-parse", "--show-all-deprecations", ...more]]);

  it("hold after every batch, in any order, what a rebuild holds", async () => {
    const ends: unknown[] = [];
    for (const [index, order] of orders.entries()) {
      const project = generateProject(join(root, "fixtures", "loads"), name, await rename(engine, `loads_${index}`));
      await engine.change(project, start);
      for (const batch of order) {
        await engine.change(project, batches[batch] ?? []);
        build(project);
        const found = await tables(project);
        expect(found["fct_lines_merged"], `merge, batch ${batch} of ${order}`).toEqual(found["fct_lines_rebuilt"]);
        expect(found["fct_lines_replaced"], `delete+insert, batch ${batch} of ${order}`).toEqual(found["fct_lines_rebuilt"]);
      }
      const before = await tables(project);
      expect([before["fct_lines_merged"]?.length, before["fct_visits"]?.length]).toEqual([5, 4]);
      build(project);
      expect(await tables(project), "run twice").toEqual(before);
      build(project, "--full-refresh");
      expect(await tables(project), "full refresh").toEqual(before);
      ends.push(before);
    }
    expect(ends[1], "another order").toEqual(ends[0]);
  });

  it("writes one row with the new value where a line is corrected, and points it to its member once that is there", async () => {
    const project = generateProject(join(root, "fixtures", "loads"), name, await rename(engine, "loads_corrected"));
    await engine.change(project, start);
    await engine.change(project, batches[0]);
    build(project);
    const rows = async () => {
      const warehouse = await engine.open(project);
      const sql = "select order_id, line_number, quantity, sales_amount, case when product_key in ('-1', '-2') then product_key else 'known' end as product from marts.fct_lines_merged order by 1, 2";
      const found = (await warehouse.query(sql)).map((row) => Object.values(row));
      await warehouse.close();
      return found;
    };
    expect(await rows()).toEqual([["1", "1", "1", "10.00", "known"], ["1", "2", "2", null, "-1"], ["2", "1", "3", "36.00", "known"], ["3", "1", "1", null, "-2"]]);
    await engine.change(project, batches[1]);
    build(project);
    expect(await rows()).toEqual([["1", "1", "1", "11.00", "known"], ["1", "2", "2", "14.00", "known"], ["2", "1", "4", "48.00", "known"], ["3", "1", "1", null, "-2"], ["4", "1", null, null, "-1"]]);
    await engine.change(project, ["delete from raw_shop.order_lines where order_id = 3"]);
    const [report] = dbtKeepGoing(project, [["build", "--no-partial-parse"]]);
    expect((report?.nodes ?? []).filter((one) => one.status === "fail").map((one) => one.id.split(".")[2]).sort()).toEqual(["fct_lines_merged__rows_of_stg_shop__order_lines", "fct_lines_replaced__rows_of_stg_shop__order_lines"]);
    build(project, "--full-refresh");
    expect((await rows()).map(([order]) => order)).toEqual(["1", "1", "2", "4"]);
  });
});

/** The environment of a database of its own for the one project that the fixture names. */
async function rename(engine: Engine, database: string): Promise<Readonly<Record<string, string>>> {
  const environment = await engine.environment(database);
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key.replace(`${database.toUpperCase()}_`, "LOADS_"), value]));
}
