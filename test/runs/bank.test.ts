import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { useScenario } from "../support/build.ts";
import type { Scenario } from "../support/build.ts";
import { dbt, extract } from "../support/project.ts";

const scenario: Scenario = {
  fixture: "bank",
  project: "bank",
  pipeline: "bank_daily",
  days: [{ files: [{ from: join(root, "fixtures", "bank", "data"), to: "landing" }] }],
};

/** The tables of fixtures/bank/README.md, derived by hand. */
const expected = {
  holders: [
    ["A1", "Ada", 0.6],
    ["A1", "Bo", 0.4],
    ["A2", "Bo", 1],
    ["A3", "Cy", 0.7],
    ["A3", "Unknown", 0.3],
    ["A4", "Unknown", 1],
    ["account -1", "Unknown", 1],
    ["account -2", "Not applicable", 1],
  ],
  byCustomer: [
    ["Ada", "premium", 90, 150, 1.2, 75],
    ["Bo", "retail", 90, 180, 1.8, 50],
    ["Cy", "business", 140, 200, 0.7, 200],
    ["Not applicable", "Not applicable", 1, 1, 1, 1],
    ["Unknown", "Unknown", 75, 215, 2.3, 32.6087],
  ],
  balances: [
    [1, "Ada", 600, 1000],
    [1, "Bo", 900, 1500],
    [1, "Cy", 1400, 2000],
    [1, "Unknown", 600, 2000],
    [2, "Ada", 720, 1200],
    [2, "Bo", 880, 1600],
    [2, "Cy", 1750, 2500],
    [2, "Unknown", 790, 2540],
  ],
  advisers: [
    ["A1", "Kim", "junior", "1900-01-01", "2026-02-01", 1],
    ["A1", "Kim", "senior", "2026-02-01", "2026-02-20", 1],
    ["A1", "Kim", "senior", "2026-02-20", "9999-12-31", 0.5],
    ["A1", "Lee", "senior", "2026-02-20", "9999-12-31", 0.5],
    ["A2", "Lee", "senior", "1900-01-01", "2026-02-01", 1],
    ["A2", "Unknown", "Unknown", "2026-02-01", "9999-12-31", 1],
    ["A3", "Unknown", "Unknown", "1900-01-01", "9999-12-31", 1],
    ["A4", "Unknown", "Unknown", "1900-01-01", "9999-12-31", 1],
  ],
  byAdviser: [
    ["Kim", "junior", 100],
    ["Kim", "senior", 25],
    ["Lee", "senior", 55],
    ["Not applicable", "Not applicable", 1],
    ["Unknown", "Unknown", 215],
  ],
  balancesByAdviser: [
    [1, "Kim", "junior", 1000],
    [1, "Lee", "senior", 500],
    [1, "Unknown", "Unknown", 2000],
    [2, "Kim", "senior", 600],
    [2, "Lee", "senior", 600],
    [2, "Unknown", "Unknown", 2940],
  ],
  visits: [
    ["Card", 40, 3],
    ["Fund", 15, 1],
    ["Loan", 30, 2],
    ["Unknown", 5, 1],
  ],
  tree: [
    ["HQ", "HQ", 0, 1, "true", "false"],
    ["LAB", "LAB", 0, 1, "true", "true"],
    ["NORTH", "HQ", 1, 1, "true", "false"],
    ["NORTH", "NORTH", 0, 2, "false", "false"],
    ["OSLO", "HQ", 2, 1, "true", "false"],
    ["OSLO", "NORTH", 1, 2, "false", "false"],
    ["OSLO", "OSLO", 0, 3, "false", "false"],
    ["OSLO-1", "HQ", 3, 1, "true", "true"],
    ["OSLO-1", "NORTH", 2, 2, "false", "true"],
    ["OSLO-1", "OSLO", 1, 3, "false", "true"],
    ["OSLO-1", "OSLO-1", 0, 4, "false", "true"],
    ["SOUTH", "HQ", 1, 1, "true", "true"],
    ["SOUTH", "SOUTH", 0, 2, "false", "true"],
  ],
  regions: [["House", 10], ["Lab", 5], ["North", 351], ["South", 30]],
  units: [["House", 391], ["Lab", 5], ["North", 351], ["Oslo", 151], ["Oslo harbour", 101], ["South", 30]],
};

const rounded = (column: string): string => `cast(round(cast(${column} as decimal(18, 9)), 4) as double precision) as ${column}`;

describe.each(["duckdb", "postgres"] as const)("the bank on %s", (name) => {
  const { query, rework } = useScenario(scenario, name);

  /** Rows with the leading text columns as they are and all else as numbers. */
  const rows = async (sql: string, texts: readonly number[]): Promise<readonly (readonly unknown[])[]> =>
    (await query(sql)).map((row) => Object.values(row).map((value, index) => (texts.includes(index) ? String(value) : Number(value))));

  it("gives every group its members with their shares, and one without members the unknown one", async () => {
    const sql = `
      select distinct coalesce(account.account_id, 'account ' || account.account_durable_key) as account, customer.customer_name, ${rounded("weighting_factor")}
      from marts.bridge_account_holders as bridge
      inner join marts.dim_account as account on bridge.account_durable_key = account.account_durable_key
      inner join marts.dim_customer as customer on bridge.customer_key = customer.customer_key
      order by 1, 2`;
    expect(await rows(sql, [0, 1])).toEqual(expected.holders);
  });

  it("shares amounts out among the holders, and counts impact figures in full", async () => {
    const shared = ["amount", "amount_touched", "transactions", "mean_amount"].map(rounded).join(", ");
    expect(await rows(`select customer_name, segment, ${shared} from marts.mrt_retail_transactions_by_customer order by 1`, [0, 1])).toEqual(expected.byCustomer);
  });

  it("closes balances by their date, and shares out what is left", async () => {
    const sql = `select month, customer_name, ${rounded("balance")}, ${rounded("balance_touched")} from marts.mrt_retail_balances_by_customer order by 1, 2`;
    expect(await rows(sql, [1])).toEqual(expected.balances);
  });

  it("tells who belonged when, and shares facts out among those who belonged at the time", async () => {
    const sql = `
      select distinct account.account_id, adviser.adviser_name, adviser.grade, substr(cast(bridge.valid_from as varchar), 1, 10) as since, substr(cast(bridge.valid_to as varchar), 1, 10) as until, ${rounded("weighting_factor")}
      from marts.bridge_account_advisers as bridge
      inner join marts.dim_account as account on bridge.account_durable_key = account.account_durable_key
      inner join marts.dim_adviser as adviser on bridge.adviser_key = adviser.adviser_key
      where account.account_id is not null
      order by 1, 4, 2`;
    expect(await rows(sql, [0, 1, 2, 3, 4])).toEqual(expected.advisers);
    expect(await rows(`select adviser_name, grade, ${rounded("amount")} from marts.mrt_retail_transactions_by_adviser order by 1, 2`, [0, 1])).toEqual(expected.byAdviser);
    expect(await rows(`select month, adviser_name, grade, ${rounded("balance")} from marts.mrt_retail_balances_by_adviser order by 1, 2, 3`, [1, 2])).toEqual(expected.balancesByAdviser);
  });

  it("shares a visit out equally among its topics", async () => {
    expect(await rows(`select topic_name, ${rounded("minutes")}, visits from marts.mrt_retail_visits_by_topic order by 1`, [0])).toEqual(expected.visits);
  });

  it("puts every unit below itself and all above it, however deep it lies", async () => {
    const sql = `
      select lower_unit.unit_code, upper_unit.unit_code as above, depth, ancestor_level, cast(is_top as varchar) as top, cast(is_bottom as varchar) as bottom
      from marts.bridge_unit_tree as bridge
      inner join marts.dim_unit as lower_unit on bridge.descendant_unit_durable_key = lower_unit.unit_durable_key
      inner join marts.dim_unit as upper_unit on bridge.ancestor_unit_key = upper_unit.unit_key
      where lower_unit.unit_code is not null
      order by 1, 4`;
    expect(await rows(sql, [0, 1, 4, 5])).toEqual(expected.tree);
  });

  it("joins the units to themselves for the name of the unit above", async () => {
    expect(await rows("select unit_code, parent_name from marts.dim_unit where is_current and unit_code <> 'HQ' order by 1", [0, 1])).toEqual([
      ["LAB", "Lab"], ["NORTH", "House"], ["OSLO", "North"], ["OSLO-1", "Oslo"], ["SOUTH", "House"],
    ]);
  });

  it("counts each row once by a level, and for everyone above it without one", async () => {
    expect(await rows("select unit_name, amount from marts.mrt_retail_transactions_by_region order by 1", [0])).toEqual(expected.regions);
    expect(await rows("select unit_name, amount from marts.mrt_retail_transactions_by_region_then order by 1", [0])).toEqual(expected.regions);
    expect(await rows("select unit_name, amount from marts.mrt_retail_transactions_of_units order by 1", [0])).toEqual(expected.units);
  });

  it("ends and fails where shares do not add up, where units lie above each other in a circle, and where a mart forgets the shares", async () => {
    await rework((project) => {
      const edit = (file: string, from: string, to: string): void => {
        const path = join(project.folder, file);
        expect(readFileSync(path, "utf8")).toContain(from);
        writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
      };
      edit("landing/account_holders.csv", "A1,2,40.00", "A1,2,30.00");
      edit("dbt/models/reports/core/mrt_retail_visits_by_topic.sql", "visits.minutes * visit_topics.weighting_factor", "visits.minutes");
      edit("landing/units.csv", "HQ,House,", "HQ,House,OSLO");
      extract(project, scenario.pipeline);
        let told = "";
      try {
        dbt(project, [["build", "--select", "+bridge_account_holders", "+bridge_unit_tree", "mrt_retail_visits_by_topic"]]);
      } catch (error) {
        told = String(error);
      }
      expect(told).toMatch(/fail test\.bank\.bridge_account_holders__shares_add_up/);
      expect(told).toMatch(/fail test\.bank\.bridge_unit_tree__no_cycle/);
      expect(told).toMatch(/fail test\.bank\.mrt_retail_visits_by_topic__totals/);
    });
  });
});
