import { beforeAll, describe, expect, it } from "vitest";
import { lineage } from "../../../generator/model/graph.ts";
import { factProperties } from "../../../generator/emitters/dbt/fact/properties.ts";
import { conservationArtifacts } from "../../../generator/emitters/dbt/fact/conservation.ts";
import { renderArtifacts } from "../../../generator/output/render.ts";
import { resolveJinja } from "./jinja.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

/** Lines of orders, whose headers lie in a table of their own; items with prices that change, sellers with a rate. */
export const rollupSpecs = {
  "contracts.yaml": `
contracts:
  - name: shop.lines
    primary_key: [line_id]
    history: append_only
    schema:
      - {column: line_id, type: integer}
      - {column: order_no, type: integer, references: shop.orders.id}
      - {column: item_id, type: integer, references: shop.items.item_id}
      - {column: ordered_at, type: timestamp, zone: UTC}
      - {column: quantity, type: integer}
  - name: shop.orders
    primary_key: [id]
    schema:
      - {column: id, type: integer}
      - {column: seller_id, type: integer, references: shop.sellers.seller_id}
      - {column: freight, type: "decimal(10,2)", unit: NOK, description: What the transport cost.}
      - {column: express, type: boolean}
      - {column: status, type: string}
  - name: shop.items
    primary_key: [item_id]
    history: {kind: change_log, effective_at: changed_at, sequence: change_id}
    schema:
      - {column: change_id, type: integer, nullable: false}
      - {column: changed_at, type: timestamp, nullable: false, zone: UTC}
      - {column: item_id, type: integer}
      - {column: category, type: string}
      - {column: price, type: "decimal(10,2)"}
  - name: shop.sellers
    primary_key: [seller_id]
    schema:
      - {column: seller_id, type: integer}
      - {column: rate, type: integer}
`,
  "model.yaml": `
dimensions:
  - {name: dim_item, source: shop.items, type: 2, natural_key: item_id, attributes: [{name: category, scd_type: 2}, {name: price, scd_type: 2}]}
  - {name: dim_seller, source: shop.sellers, natural_key: seller_id, attributes: [{name: rate}]}
fact_tables:
  - name: fact_lines
    grain: line
    source: shop.lines
    event_time: ordered_at
    foreign_keys: [dim_item, {dimension: dim_date, role: ordered, on: ordered_at}]
    degenerate_dimensions: [{name: order_id, source: order_no}, line_id]
    measures: [{name: quantity}]
  - name: fact_open
    grain: line of an open order
    source: shop.lines
    joins: [{to: shop.orders, type: inner}]
    where: status = 'open'
    degenerate_dimensions: [line_id]
    measures: [{name: quantity}]
  - name: fact_early
    grain: early line
    source: shop.lines
    where: ordered_at < '2026-03-05'
    degenerate_dimensions: [line_id]
  - name: fact_orders
    grain: order
    source: fact_lines
    grain_key: [order_id]
    joins: [shop.orders]
    where: dim_item.category <> 'gone'
    foreign_keys: [{dimension: dim_date, role: ordered}, dim_seller]
    degenerate_dimensions: [{name: status, source: shop.orders.status}]
    measures:
      - {name: line_count, aggregation: COUNT}
      - {name: quantity}
      - {name: list_amount, expression: quantity * dim_item.price}
      - {name: tea_quantity, source: quantity, where: dim_item.category = 'tea'}
      - {name: dear_lines, aggregation: COUNT, where: item.price > 20}
      - {name: dearest, source: dim_item.price, aggregation: MAX}
      - {name: freight, source: shop.orders.freight}
      - {name: express_freight, source: shop.orders.freight, where: shop.orders.express}
      - {name: fee, expression: quantity * dim_seller.rate}
      - {name: mean_price, expression: "list_amount / nullif(quantity, 0)", aggregation: AVG}
  - name: fact_days
    grain: day
    source: fact_orders
    grain_key: [ordered]
    measures: [{name: freight}, {name: list_amount}, {name: slow_freight, source: freight, where: ordered.day_of_week > 1}]
  - name: fact_categories
    grain: category and month
    source: fact_lines
    grain_key: [dim_item.category, ordered.month]
    measures: [{name: quantity}]
`,
  "pipeline.yaml": "pipeline: {name: all, owner: me, extract: {source_system: shop, connection: 'files:landing/{table}.csv'}}",
  "settings.yaml": "settings: {project: rollups, dates: {from: 2026-01-01, to: 2026-12-31}}",
};

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(rollupSpecs);
  for (const one of warehouses) {
    await one.land("items", ["change_id", "changed_at", "item_id", "category", "price", "_extracted_at"], [
      ["1", "2026-03-01 00:00:00", "1", "tea", "10.00", null],
      ["2", "2026-03-05 00:00:00", "1", "tea", "12.00", null],
      ["3", "2026-03-01 00:00:00", "2", "mug", "30.00", null],
      ["4", "2026-03-01 00:00:00", "3", "gone", "99.00", null],
    ]);
    await one.land("lines", ["line_id", "order_no", "item_id", "ordered_at", "quantity", "_extracted_at"], [
      ["1", "1", "1", "2026-03-02 10:00:00", "2", null],
      ["2", "1", "2", "2026-03-02 10:00:00", "1", null],
      ["3", "2", "1", "2026-03-06 10:00:00", "3", null],
      ["4", "2", "3", "2026-03-06 10:00:00", "5", null],
      ["5", "3", "2", "2026-03-06 10:00:00", "4", null],
    ]);
    await one.land("orders", ["id", "seller_id", "freight", "express", "status", "_extracted_at"], [["1", "7", "5.00", "true", "open", null], ["2", "8", "7.00", "false", "done", null]]);
    await one.land("sellers", ["seller_id", "rate", "_extracted_at"], [["7", "2", null], ["8", "3", null]]);
    await one.build("table");
  }
}, 60_000);

/** Rows of every engine, which must be the same. */
async function rows(sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const found = await Promise.all(warehouses.map((one) => one.rows(sql)));
  for (const one of found) expect(one).toEqual(found[0]);
  return found[0] ?? [];
}

describe("a roll-up", () => {
  it("aggregates over attributes of the versions that the rows of its source point to", async () => {
    expect(await rows("select order_id, line_count, quantity, list_amount, tea_quantity, dear_lines, dearest from fct_orders order by 1")).toEqual([
      ["1", "2", "3", "50.00", "2", "1", "30.00"],
      ["2", "1", "3", "36.00", "3", "0", "12.00"],
      ["3", "1", "4", "120.00", "0", "1", "30.00"],
    ]);
  });

  it("joins a table by what its source keeps, and takes its values once, not once for each line", async () => {
    expect(await rows("select order_id, status, freight, express_freight from fct_orders order by 1")).toEqual([
      ["1", "open", "5.00", "5.00"],
      ["2", "done", "7.00", "0.00"],
      ["3", null, null, "0.00"],
    ]);
  });

  it("looks up members that its source knows nothing of", async () => {
    const sql = "select orders.order_id, seller.seller_id, orders.fee, orders.seller_key in ('-1', '-2') from fct_orders as orders inner join dim_seller as seller on orders.seller_key = seller.seller_key order by 1";
    expect(await rows(sql)).toEqual([["1", "7", "6", "false"], ["2", "8", "9", "false"], ["3", null, null, "true"]]);
  });

  it("says which rows it has", () => {
    for (const { design } of warehouses) {
      const fact = design.model.facts.find((one) => one.name === "fct_orders");
      expect(fact === undefined ? "" : factProperties(fact, design).description).toBe("One row per order. Only rows where dim_item.category <> 'gone'.");
    }
  });

  it("is rolled up further", async () => {
    expect(await rows("select ordered_date_key, freight, list_amount, slow_freight from fct_days order by 1")).toEqual([
      ["20260302", "5.00", "50.00", "0.00"],
      ["20260306", "7.00", "156.00", "7.00"],
    ]);
  });

  it("may be grouped by attributes", async () => {
    expect(await rows("select category, month, quantity from fct_categories order by 1")).toEqual([["gone", "3", "5"], ["mug", "3", "5"], ["tea", "3", "5"]]);
  });

  it("imports what it reads once, and says so in the lineage", () => {
    const sql = warehouses[0]?.models.get("fct_orders") ?? "";
    for (const model of ["fct_lines", "stg_shop__orders", "dim_item", "dim_seller"]) expect(sql.split(`ref('${model}')`), model).toHaveLength(2);
    expect(sql).not.toContain("dim_date");
    const model = warehouses[0]?.design.model;
    const into = (name: string) => (model === undefined ? [] : lineage(model).filter((one) => one.to === name).map((one) => one.from));
    expect(into("fct_orders")).toEqual(["dim_item", "dim_seller", "fct_lines", "stg_shop__orders"]);
    expect(into("fct_days")).toEqual(["dim_date", "fct_orders"]);
  });
});

describe("the tests of conservation", () => {
  const failures = async (one: TestWarehouse, name: string): Promise<readonly (readonly (string | null)[])[]> => {
    const files = renderArtifacts(conservationArtifacts(one.design));
    const text = files.find((file) => file.path === `dbt/tests/${name}.sql`)?.text;
    if (text === undefined) throw new Error(`no ${name} among ${files.map((file) => file.path).join(", ")}`);
    return one.rows(resolveJinja(text, one.engine.dialect, new Map()));
  };

  it("are there for roll-ups that add up, and for facts that drop rows", () => {
    for (const one of warehouses) {
      expect(conservationArtifacts(one.design).map((each) => each.path)).toEqual(
        ["categories__totals", "days__totals", "early__rows", "open__rows", "orders__totals"].map((name) => `dbt/tests/fct_${name}.sql`),
      );
    }
  });

  it("pass where every row is kept or dropped by what the spec says", async () => {
    expect(await rows("select count(*) from fct_open")).toEqual([["2"]]);
    for (const one of warehouses) {
      for (const name of ["fct_categories__totals", "fct_days__totals", "fct_early__rows", "fct_open__rows", "fct_orders__totals"]) expect(await failures(one, name), name).toEqual([]);
    }
  });

  it("fail where a row is lost or doubled, and say what differs", async () => {
    for (const one of warehouses) {
      await one.engine.run("delete from fct_open where line_id = 1");
      expect(await failures(one, "fct_open__rows")).toEqual([["5", "3", "1"]]);
      await one.engine.run("insert into fct_early select * from fct_early where line_id = 1");
      expect(await failures(one, "fct_early__rows")).toEqual([["5", "3", "3"]]);
      await one.engine.run("delete from fct_orders where order_id = 2");
      // A union takes all numbers to the widest type.
      const differing = (await failures(one, "fct_orders__totals")).map(([measure, before, after]) => [measure, Number(before), Number(after)]);
      expect(differing).toEqual([
        ["line_count", 4, 3],
        ["quantity", 10, 7],
        ["list_amount", 206, 170],
        ["tea_quantity", 5, 2],
        ["fee", 15, 6],
      ]);
    }
  });
});
