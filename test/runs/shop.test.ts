import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { useScenario } from "../support/build.ts";
import type { Scenario } from "../support/build.ts";

const days = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"];
const scenario: Scenario = {
  fixture: "shop",
  project: "shop",
  pipeline: "shop_daily",
  days: days.map((day, index) => ({
    files: [{ from: join(root, "fixtures", "shop", "landing", day), to: `landing/${day}` }],
    asOf: `2026-03-0${index + 3} 00:00:00`,
  })),
};

/** The tables of fixtures/shop/README.md, derived by hand. */
const expected = {
  customers: [
    ["1", "Oslo", "1900-01-01 00:00", "2026-03-04 00:00", "false"],
    ["1", "Bergen", "2026-03-04 00:00", "9999-12-31 00:00", "true"],
    ["2", "Bergen", "1900-01-01 00:00", "9999-12-31 00:00", "true"],
    ["3", "Oslo", "1900-01-01 00:00", "2026-03-05 00:00", "false"],
    ["3", "Oslo", "2026-03-06 00:00", "9999-12-31 00:00", "true"],
    ["4", "Tromsø", "1900-01-01 00:00", "9999-12-31 00:00", "true"],
  ],
  products: [
    ["101", "80.00", "1900-01-01 00:00", "2026-03-02 12:00", "false"],
    ["101", "85.00", "2026-03-02 12:00", "9999-12-31 00:00", "true"],
    ["102", "50.00", "1900-01-01 00:00", "2026-03-03 09:00", "false"],
    ["102", "56.00", "2026-03-03 09:00", "9999-12-31 00:00", "true"],
    ["103", "300.00", "1900-01-01 00:00", "2026-03-04 12:00", "false"],
    ["103", "320.00", "2026-03-05 07:00", "9999-12-31 00:00", "true"],
  ],
  stores: [
    ["A", "Kari", "1900-01-01 00:00", "9999-12-31 00:00", "true"],
    ["B", "Lars", "1900-01-01 00:00", "2026-03-03 00:00", "false"],
    ["B", "Mona", "2026-03-03 00:00", "2026-03-04 00:00", "false"],
    ["B", "Mona", "2026-03-05 00:00", "9999-12-31 00:00", "true"],
    ["C", "Nils", "1900-01-01 00:00", "9999-12-31 00:00", "true"],
  ],
  lines: [
    ["1001", "1", "1", "Oslo", "101", "80.00", "A", "Kari", "1", "80.00"],
    ["1001", "2", "1", "Oslo", "102", "50.00", "A", "Kari", "2", "100.00"],
    ["1002", "1", "2", "Bergen", "103", "300.00", "B", "Lars", "2", "600.00"],
    ["1003", "1", "1", "Oslo", "102", "56.00", "A", "Kari", "1", "56.00"],
    ["1004", "1", null, "Unknown", "101", "85.00", "A", "Kari", "3", "255.00"],
    ["1005", "1", "4", "Tromsø", "102", "56.00", "A", "Kari", "2", "112.00"],
    ["1006", "1", "3", "Oslo", "101", "85.00", "B", "Lars", "1", "85.00"],
    ["1007", "1", null, "Unknown", "103", "320.00", "B", "Mona", "1", "320.00"],
    ["1008", "1", "1", "Bergen", "101", "85.00", "C", "Nils", "1", "85.00"],
    ["1009", "1", null, "Not applicable", "102", "56.00", "A", "Kari", "1", "56.00"],
  ],
};

describe.each(["duckdb", "postgres"] as const)("the tutorial shop on %s", (name) => {
  const { rows, expectSameAgain } = useScenario(scenario, name);
  const minute = (column: string) => `substr(cast(${column} as varchar), 1, 16) as ${column}`;
  const versions = (dimension: string, key: string, attribute: string) =>
    `select ${key}, ${attribute}, ${minute("valid_from")}, ${minute("valid_to")}, case when is_current then 'true' else 'false' end as is_current from marts.${dimension} where ${key} is not null order by ${key}, valid_from`;

  it("opens, closes and reopens customers as the daily files show them", async () => {
    expect(await rows(versions("dim_customer", "customer_id", "city"))).toEqual(expected.customers);
  });

  it("reads products out of their change log, late and tied changes included", async () => {
    expect(await rows(versions("dim_product", "product_id", "price"))).toEqual(expected.products);
  });

  it("reads stores out of daily extracts, absence being a deletion", async () => {
    expect(await rows(versions("dim_store", "store_id", "manager"))).toEqual(expected.stores);
  });

  it("points every line at the versions of its moment", async () => {
    const sql = `
      select line.order_id, line.line_number, customer.customer_id, customer.city, product.product_id, product.price, store.store_id, store.manager, line.quantity, line.sales_amount
      from marts.fct_order_lines as line
      left join marts.dim_customer as customer on line.customer_key = customer.customer_key
      left join marts.dim_product as product on line.product_key = product.product_key
      left join marts.dim_store as store on line.store_key = store.store_key
      order by line.order_id, line.line_number`;
    expect(await rows(sql)).toEqual(expected.lines);
  });

  it("gives unknown and not applicable members their labels", async () => {
    expect(await rows("select store_key, city from marts.dim_store where store_id is null order by 1")).toEqual([["-1", "Nowhere"], ["-2", "Not applicable"]]);
  });

  it("rolls up to nine orders of 1,749", async () => {
    expect(await rows("select count(*) as orders, sum(line_count) as lines, sum(quantity) as pieces, sum(sales_amount) as amount from marts.fct_orders")).toEqual([["9", "10", "15", "1749.00"]]);
  });

  it("speaks in the roll-up of the products that the lines point to", async () => {
    expect(await rows("select order_id, line_count, quantity, sales_amount, cheap_sales_amount, highest_price from marts.fct_orders order by 1")).toEqual([
      ["1001", "2", "3", "180.00", "100.00", "80.00"],
      ["1002", "1", "2", "600.00", "0.00", "300.00"],
      ["1003", "1", "1", "56.00", "56.00", "56.00"],
      ["1004", "1", "3", "255.00", "0.00", "85.00"],
      ["1005", "1", "2", "112.00", "112.00", "56.00"],
      ["1006", "1", "1", "85.00", "0.00", "85.00"],
      ["1007", "1", "1", "320.00", "0.00", "320.00"],
      ["1008", "1", "1", "85.00", "0.00", "85.00"],
      ["1009", "1", "1", "56.00", "56.00", "56.00"],
    ]);
  });

  it("keeps cities without sales in the mart and drills across stores", async () => {
    expect(await rows("select store_id, order_count, sales_amount, round(sales_per_order::decimal(10,2), 2) from marts.mrt_sales_store_orders order by 1")).toEqual([["A", "5", "659.00", "131.80"], ["B", "3", "1005.00", "335.00"], ["C", "1", "85.00", "85.00"]]);
  });

  it("filters a mart by attributes of the versions that lines point to, and keeps stores without such lines", async () => {
    expect(await rows("select store_id, quantity, sales_amount, cheap_sales_amount from marts.mrt_sales_oslo order by 1")).toEqual([
      ["A", "4", "236.00", "156.00"],
      ["B", "1", "85.00", "0.00"],
      ["C", "0", "0.00", "0.00"],
    ]);
  });

  it("adds three days up", async () => {
    const sums = await rows("select substr(cast(date as varchar), 1, 10) as date, sales_amount, sales_amount_rolling_3_day from marts.mrt_sales_daily order by 1");
    expect(sums).toEqual([
      ["2026-03-02", "865.00", "865.00"],
      ["2026-03-03", "311.00", "1176.00"],
      ["2026-03-04", "112.00", "1288.00"],
      ["2026-03-05", "461.00", "884.00"],
    ]);
  });

  it.runIf(name === "duckdb")("changes nothing when the last day runs again", expectSameAgain);
});
