import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { useScenario } from "../support/build.ts";
import type { Scenario } from "../support/build.ts";
import { sharedData } from "../support/project.ts";

const jaffle = sharedData("jaffle-shop");
const kimball = sharedData("kimball-golden");

if (jaffle === null || kimball === null) {
  it.skip("the open data sets (shared/data beside the checkout) are not here, so their projects are not built", () => {});
}

const files = (folder: string | null, to: string) => [{ from: folder ?? "", to }];
const scenarios = {
  jaffle: { fixture: "jaffle-shop", project: "jaffle_shop", pipeline: "jaffle_daily", days: [{ files: files(jaffle, "data") }] },
  golden: {
    fixture: "kimball-golden",
    project: "kimball_golden",
    pipeline: "store_daily",
    days: ["day1", "day2"].map((day) => ({ files: files(join(kimball ?? "", day), `landing/${day}`) })),
  },
  dateOnly: {
    fixture: "kimball-golden-date-only",
    project: "kimball_golden",
    pipeline: "store_daily",
    days: ["day1", "day2"].map((day) => ({ files: files(join(kimball ?? "", "date-only", day), `landing/${day}`) })),
  },
  minimal: { fixture: "minimal", project: "bookshop", pipeline: "daily_sales", days: [{ files: files(join(root, "fixtures", "minimal", "data"), "specs/data") }] },
} satisfies Readonly<Record<string, Scenario>>;

const engines = ["duckdb", "postgres"] as const;

describe.skipIf(jaffle === null)("the jaffle shop", () => {
  const built = useScenario(scenarios.jaffle, "duckdb");

  it("has 100 customers, 38 of them without an order, 99 orders and 113 payments of 1,672 USD", async () => {
    expect(await built.rows("select count(*) as n from marts.dim_customer where customer_id is not null")).toEqual([["100"]]);
    expect(await built.rows("select count(*) as n from marts.fct_orders")).toEqual([["99"]]);
    expect(await built.rows("select count(*) as n, sum(amount) as amount from marts.fct_payments")).toEqual([["113", "1672.00"]]);
    expect(await built.rows("select sum(case when coalesce(order_count, 0) = 0 then 1 else 0 end) as without_order, count(*) as n from marts.mrt_shop_customers where customer_id is not null")).toEqual([["38", "100"]]);
  });

  it("counts orders by status and payments by method", async () => {
    expect(await built.rows("select order_status, order_count from marts.mrt_shop_orders_by_status order by 2 desc, 1")).toEqual([
      ["completed", "67"], ["placed", "13"], ["shipped", "13"], ["returned", "4"], ["return_pending", "2"],
    ].sort((a, b) => Number(b[1]) - Number(a[1]) || (String(a[0]) < String(b[0]) ? -1 : 1)));
    expect(await built.rows("select payment_method, payment_count, cast(amount as integer) as amount from marts.mrt_shop_payment_methods order by 1")).toEqual([
      ["bank_transfer", "33", "411"], ["coupon", "13", "185"], ["credit_card", "55", "871"], ["gift_card", "12", "205"],
    ]);
  });

  it("pads, formats and compares as the specs say", async () => {
    expect(await built.rows("select customer_code from marts.dim_customer where customer_id = 51")).toEqual([["JS-0051"]]);
    expect(await built.rows("select sum(open_order_count) as n, min(order_month) as since from marts.fct_orders")).toEqual([["26", "2018-01"]]);
  });

  it("finds the best customer, and rolls payments up without fanning out", async () => {
    expect(await built.rows("select customer_id, amount from marts.mrt_shop_best_customer")).toEqual([["51", "99.00"]]);
    expect(await built.rows("select count(*) as orders, sum(amount) as amount, sum(credit_card_amount + coupon_amount + bank_transfer_amount + gift_card_amount) as parts from marts.fct_order_payments")).toEqual([["99", "1672.00", "1672.00"]]);
  });

  it("changes nothing when it runs again", built.expectSameAgain);
});

describe.skipIf(kimball === null).each(engines)("the golden store on %s", (name) => {
  const built = useScenario(scenarios.golden, name);

  it("keeps Alice's move", async () => {
    const sql = "select first_name, substr(address, length(address) - 1, 2) as state, substr(cast(valid_from as varchar), 1, 16) as valid_from from marts.dim_customer where customer_id is not null order by customer_id, marts.dim_customer.valid_from";
    expect(await built.rows(sql)).toEqual([["Alice", "NY", "2025-01-01 10:00"], ["Alice", "LA", "2025-01-02 09:00"], ["Bob", "SF", "2025-01-01 10:00"], ["Charlie", "TX", "2025-01-02 10:00"]]);
  });

  it("has three products, the laptop at its new cost", async () => {
    expect(await built.rows("select product_name, unit_cost from marts.dim_product where product_id is not null order by product_id")).toEqual([["Laptop", "900.00"], ["Mouse", "20.00"], ["Keyboard", "50.00"]]);
  });

  it("sells four lines for 1,335 and points orders at the right Alice", async () => {
    expect(await built.rows("select count(*) as n, sum(sales_amount) as sales, sum(quantity) as pieces from marts.fct_sales")).toEqual([["4", "1335.00", "5"]]);
    expect(await built.rows("select count(*) as n from marts.fct_events")).toEqual([["6"]]);
    expect(await built.rows(alice("fct_sales"))).toEqual([["1001", "NY"], ["1003", "LA"]]);
  });

  it.runIf(name === "duckdb")("changes nothing when it runs again", built.expectSameAgain);
});

describe.skipIf(kimball === null)("the golden store with dates only", () => {
  const built = useScenario(scenarios.dateOnly, "duckdb");

  it("takes the version at the end of the day, as stated", async () => {
    expect(await built.rows("select count(*) as n, sum(sales_amount) as sales, sum(quantity) as pieces from marts.fct_sales")).toEqual([["4", "1335.00", "5"]]);
    expect(await built.rows(alice("fct_sales"))).toEqual([["1001", "NY"], ["1003", "LA"]]);
  });

  it("takes the version at the start of the day for employees, and the first one for a day before it", async () => {
    const sql = "select sale.order_id, employee.title from marts.fct_sales as sale inner join marts.dim_employee as employee on sale.employee_key = employee.employee_key order by 1";
    expect(await built.rows(sql)).toEqual([["1001", "Associate"], ["1002", "Associate"], ["1003", "Associate"], ["1004", "Lead"]]);
  });
});

describe.each(engines)("what init writes on %s", (name) => {
  const built = useScenario(scenarios.minimal, name);

  it("sells eight books for 78.70, one of them to an unknown card and two without a card", async () => {
    const sql = "select customer.customer_name, sum(sale.quantity) as quantity, sum(sale.sales_amount) as amount from marts.fct_sales as sale inner join marts.dim_customer as customer on sale.customer_key = customer.customer_key group by 1 order by 1";
    expect(await built.rows(sql)).toEqual([["***", "5", "49.00"], ["Not applicable", "2", "19.80"], ["Unknown", "1", "9.90"]]);
  });

  it.runIf(name === "duckdb")("changes nothing when it runs again", built.expectSameAgain);
});

function alice(fact: string): string {
  return `select sale.order_id, substr(customer.address, length(customer.address) - 1, 2) as state from marts.${fact} as sale inner join marts.dim_customer as customer on sale.customer_key = customer.customer_key where customer.first_name = 'Alice' order by 1`;
}
