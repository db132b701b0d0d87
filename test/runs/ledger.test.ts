import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { useScenario } from "../support/build.ts";
import type { Scenario } from "../support/build.ts";
import { unitTestsThatTell } from "../support/faults.ts";
import type { PlantedFault } from "../support/faults.ts";
import { dbt, extract } from "../support/project.ts";

const days = ["2026-03-02", "2026-03-03", "2026-03-04"];
const scenario: Scenario = {
  fixture: "ledger",
  project: "ledger",
  pipeline: "ledger_daily",
  days: days.map((day, index) => ({
    files: [{ from: join(root, "fixtures", "ledger", "landing", day), to: `landing/${day}` }],
    asOf: `2026-03-0${index + 3} 00:00:00`,
  })),
};

/** The tables of fixtures/ledger/README.md, derived by hand. */
const expected = {
  fulfilment: [
    ["1", "Oslo", "20260302", "20260302", "20260302", "20260303", "0", "12.00", "16.50"],
    ["2", "Bergen", "20260303", "20260303", "-2", "-2", "0", null, null],
    ["3", "Oslo", "20260303", "-2", "20260303", "20260304", null, "2.00", "23.75"],
    ["4", "Oslo", "20260302", "20260304", "-2", "-2", "2", null, null],
    ["5", "Tromsø", "20260304", "-2", "-2", "-2", null, null, null],
  ],
  balances: [
    ["7", "Oslo", "20260222", "100.00", "1", "100.00"],
    ["7", "Oslo", "20260301", "-30.00", "1", "70.00"],
    ["8", "Bergen", "20260222", "20.00", "1", "20.00"],
    ["8", "Bergen", "20260301", "50.00", "1", "70.00"],
  ],
  events: [
    ["1", "Oslo", "5", "20260302", "20260303"],
    ["2", "Bergen", "5", "-2", "20260303"],
    ["3", "Unknown", "4", "20260303", "20260304"],
  ],
  stock: [
    ["bolt", "20260302", "10", "10"],
    ["bolt", "20260303", "8", "8"],
    ["bolt", "20260304", "8", "8"],
    ["nut", "20260302", "4", "4"],
    ["nut", "20260303", "4", "0"],
    ["nut", "20260304", "6", "6"],
    ["saw", "20260302", "1", "1"],
    ["saw", "20260303", "1", "0"],
    ["saw", "20260304", "1", "0"],
  ],
  told: [
    ["1", "Oslo", "20260302", "20260302", "20260302", "20260303", "2.25", "12.00", "16.50"],
    ["2", "Bergen", "20260303", "20260303", "-2", "-2", "7.50", null, null],
    ["3", "Oslo", "20260303", "-2", "20260303", "20260304", null, "2.00", "23.75"],
  ],
};

/** Slips in facts of joined tables, and in days that are counted in Oslo. */
const faults: readonly PlantedFault[] = [
  // Every process is joined to every order.
  { file: "marts/finance/fct_fulfilment_told.sql", from: "on settled.order_id = orders.order_id", to: "on true", test: "fct_fulfilment_told_takes_the_newest_of_events" },
  // The end of a day is that of UTC.
  { file: "marts/finance/fct_order_events.sql", from: "at time zone 'Europe/Oslo' at time zone 'UTC'", to: "", test: "fct_order_events_looks_up_and_computes" },
  // Days are counted in UTC.
  { file: "marts/finance/fct_fulfilment.sql", from: "orders.shipped_at at time zone 'UTC' at time zone 'Europe/Oslo'", to: "orders.shipped_at", test: "fct_fulfilment_looks_up_and_computes" },
  // Times are taken for those of UTC.
  { file: "staging/ledger/stg_ledger__postings.sql", from: 'strict_timestamp_in("posted_at", "Europe/Oslo")', to: 'strict_timestamp("posted_at")', test: "stg_ledger__postings_cleans_as_its_contract_says" },
  // A balance is that of its week.
  { file: "marts/finance/fct_balances.sql", from: "sum(balance) over (\n                partition by customer_id\n", to: "sum(balance) over (\n                partition by customer_id, period_start\n", test: "fct_balances_closes_its_periods" },
  // The run closes the day on which it begins.
  { file: "marts/finance/fct_stock.sql", from: "        ) - 1 as last_period", to: "        ) as last_period", test: "fct_stock_closes_its_periods" },
];

describe.each(["duckdb", "postgres"] as const)("the ledger on %s", (name) => {
  const { rows, rework, expectSameAgain } = useScenario(scenario, name);

  it("keeps one row per order, its milestones as the last file tells them", async () => {
    const sql = `
      select fact.order_id, customer.city, fact.ordered_date_key, fact.packed_date_key, fact.shipped_date_key, fact.delivered_date_key,
        fact.ordered_to_packed_days, fact.ordered_to_shipped_hours, fact.shipped_to_delivered_hours
      from marts.fct_fulfilment as fact
      inner join marts.dim_customer as customer on fact.customer_key = customer.customer_key
      order by fact.order_id`;
    expect(await rows(sql)).toEqual(expected.fulfilment);
  });

  it("puts the events of an order together, the newest of each type, and what else any of them told", async () => {
    const sql = `
      select fact.order_id, customer.city, fact.ordered_date_key, fact.packed_date_key, fact.shipped_date_key, fact.delivered_date_key,
        fact.ordered_to_packed_hours, fact.ordered_to_shipped_hours, fact.shipped_to_delivered_hours, fact.amount
      from marts.fct_fulfilment_told as fact
      inner join marts.dim_customer as customer on fact.customer_key = customer.customer_key
      order by fact.order_id`;
    const found = await rows(sql);
    expect(found.map((one) => one.slice(0, -1))).toEqual(expected.told);
    const orders = await rows("select amount from marts.fct_fulfilment where order_id in (1, 2, 3) order by order_id");
    expect(found.map((one) => one.slice(-1))).toEqual(orders);
  });

  it("gives events the customer of their order, as of the day on which it was packed in Oslo", async () => {
    const sql = `
      select fact.order_id, coalesce(customer.city, 'none') as city, count(*) as events, min(fact.event_date_key) as first_day, max(fact.event_date_key) as last_day
      from marts.fct_order_events as fact
      inner join marts.dim_customer as customer on fact.customer_key = customer.customer_key
      group by 1, 2
      order by 1`;
    expect(await rows(sql)).toEqual(expected.events);
  });

  it.runIf(name === "duckdb")("tells a slip in any of these models by its unit test", async () => {
    await rework((project) => expect(unitTestsThatTell(project, faults)).toEqual(faults.map((one) => one.test).sort()));
  });

  it("takes the mean of a lag over the orders that have it", async () => {
    const sql = "select substr(cast(date as varchar), 1, 10) as date, order_count, amount, round(cast(mean_delivery_hours as decimal(12, 4)), 2) as hours from marts.mrt_finance_fulfilment order by 1";
    expect((await rows(sql)).map(([date, ...more]) => [date, ...more.map((one) => (one === null ? null : Number(one)))])).toEqual([
      ["2026-03-02", 2, 125, 16.5],
      ["2026-03-03", 2, 125, 23.75],
      ["2026-03-04", 1, 10, null],
    ]);
  });

  it("keeps a balance for every week that is over, a late posting in its place", async () => {
    const sql = `
      select fact.customer_id, customer.city, fact.date_key, fact.posted_amount, fact.posting_count, fact.balance
      from marts.fct_balances as fact
      inner join marts.dim_customer as customer on fact.customer_key = customer.customer_key
      order by fact.customer_id, fact.date_key`;
    expect(await rows(sql)).toEqual(expected.balances);
  });

  it("keeps the stock of every day that is over, carried forward or zero where nobody counted", async () => {
    expect(await rows("select item, date_key, pieces_known, pieces_counted from marts.fct_stock order by item, date_key")).toEqual(expected.stock);
    expect((await rows("select month, pieces_known from marts.mrt_finance_stock")).map((row) => row.map(Number))).toEqual([[3, 15]]);
  });

  it("changes nothing when the last day runs again", expectSameAgain);

  it("fails a build in which an order was delivered before it was shipped, with packing never reported", async () => {
    await rework((project) => {
      mkdirSync(join(project.folder, "landing", "2026-03-05"), { recursive: true });
      const swapped = "order_id,customer_id,ordered_at,packed_on,shipped_at,delivered_at,amount\n1,7,2026-03-02T08:00:00Z,,2026-03-02T20:00:00Z,2026-03-02T19:59:59Z,100.00\n";
      writeFileSync(join(project.folder, "landing", "2026-03-05", "orders.csv"), swapped);
      extract(project, scenario.pipeline);
      expect(() => dbt(project, [["build", "--select", "+fct_fulfilment", "--vars", JSON.stringify({ as_of_run: "2026-03-06 00:00:00" })]])).toThrow(/fct_fulfilment__milestone_order/);
    });
  });
});
