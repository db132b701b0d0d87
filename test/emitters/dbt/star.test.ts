import { beforeAll, describe, expect, it } from "vitest";
import { landStar, starSpecs } from "./star.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(starSpecs);
  for (const one of warehouses) {
    await landStar(one);
    await one.build("table");
  }
}, 60_000);

/** Rows of every engine, which must be the same. */
async function rows(sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const found = await Promise.all(warehouses.map((one) => one.rows(sql)));
  for (const one of found) expect(one).toEqual(found[0]);
  return found[0] ?? [];
}

describe("a fact", () => {
  it("points to the version of the instant, to -1 without one and to -2 without a reference", async () => {
    const sql = `select movement_id, account.account_key not in ('-1', '-2') as found, account."group" from fct_movements as movement inner join dim_account as account on movement.account_key = account.account_key order by 1`;
    expect(await rows(sql)).toEqual([
      ["1", "false", "Unknown"],
      ["2", "true", "small"],
      ["3", "true", "large"],
      ["4", "false", "Unknown"],
      ["5", "false", "Not applicable"],
    ]);
  });

  it("takes the first version for what came before it, where that is stated", async () => {
    const sql = `select movement_id, account."group" from fct_movements as movement inner join dim_account as account on movement.receiver_account_key = account.account_key order by 1`;
    expect(await rows(sql)).toEqual([
      ["1", "small"],
      ["2", "other"],
      ["3", "Not applicable"],
      ["4", "Unknown"],
      ["5", "large"],
    ]);
  });

  it("reads a date at the end of its day in the project's zone", async () => {
    const sql = `select movement_id, account."group" from fct_movements as movement inner join dim_account as account on movement.settled_account_key = account.account_key order by 1`;
    expect((await rows(sql)).slice(0, 3)).toEqual([
      ["1", "small"],
      ["2", "small"],
      ["3", "large"],
    ]);
  });

  it("counts days in the project's zone, and days outside the calendar as unknown", async () => {
    const sql = "select movement_id, moved_date_key, due_date_key from fct_movements order by 1";
    expect(await rows(sql)).toEqual([
      ["1", "20260201", "20260310"],
      ["2", "20260310", "20260310"],
      ["3", "20260311", "20260311"],
      ["4", "20260313", "-2"],
      ["5", "-1", "20260309"],
    ]);
  });

  it("computes measures of measures and leaves ratios to the marts", async () => {
    expect(
      await rows(
        "select amount, round(cast(fee as decimal(20, 6)), 2) as fee, round(cast(net as decimal(20, 6)), 2) as net from fct_movements where movement_id = 3",
      ),
    ).toEqual([["30.00", "10.00", "20.00"]]);
    expect(warehouses[0]?.models.get("fct_movements")).not.toContain("fee_share");
  });

  it("has one row per row of its source, under a key that no two share", async () => {
    expect(
      await rows(
        "select count(*), count(distinct movements_key), count(distinct visits_key) from fct_movements full outer join fct_visits on false",
      ),
    ).toEqual([["8", "5", "3"]]);
  });
});

describe("a roll-up", () => {
  it("groups by its grain and computes from the sums", async () => {
    expect(
      await rows(
        "select moved_date_key, kind, movement_count, amount, average_amount from fct_days where moved_date_key > 0 order by 1, 2",
      ),
    ).toEqual([
      ["20260201", "gift", "1", "10.00", "10"],
      ["20260310", "order", "1", "20.00", "20"],
      ["20260311", "order", "1", "30.00", "30"],
      ["20260313", "order", "1", "40.00", "40"],
    ]);
  });
});

describe("a mart", () => {
  it("keeps members without facts, closes balances by their last day, and makes ratios of sums", async () => {
    expect(
      await rows(
        `select "group", amount, balance, round(cast(fee_share as decimal(20, 6)), 2) as fee_share, gifts from mrt_by_group order by 1`,
      ),
    ).toEqual([
      ["Not applicable", "50.00", "50.00", "0.33", "50.00"],
      ["Unknown", "50.00", "40.00", "0.33", "10.00"],
      ["idle", "0.00", "0.00", null, "0.00"],
      ["large", "30.00", "30.00", "0.33", "0.00"],
      ["other", "0.00", "0.00", null, "0.00"],
      ["small", "20.00", "20.00", "0.33", "0.00"],
    ]);
  });

  it("closes periods by their end for all groups alike: an account that became large is small no more, and was not large in the beginning", async () => {
    // Of 48 weeks 10 is in the first six, of which the account is known in two; 60 of it and 40 of another that nobody knows in all others.
    expect(await rows(`select "group", standing, opening, round(cast(usual as decimal(12, 6)), 2) as usual from mrt_standings where year = 2026 order by 1`)).toEqual([
      ["Unknown", "40.00", "10.00", "35.83"],
      ["large", "60.00", null, "52.50"],
      ["small", null, null, "0.42"],
    ]);
  });

  it("drills across facts without multiplying rows", async () => {
    expect(await rows(`select "group", amount, visits from mrt_across order by 1`)).toEqual([
      ["Not applicable", "50.00", "1"],
      ["Unknown", "50.00", "0"],
      ["large", "30.00", "0"],
      ["other", "0.00", "1"],
      ["small", "20.00", "1"],
    ]);
  });

  it("counts a day without rows as one of the days of a moving sum", async () => {
    expect(await rows("select date, amount_rolling_2_day from mrt_daily where date is not null order by 1")).toEqual([
      ["2026-02-01", "10.00"],
      ["2026-03-10", "20.00"],
      ["2026-03-11", "50.00"],
      ["2026-03-13", "40.00"],
    ]);
  });

  it("keeps the best rows of each group", async () => {
    expect(await rows("select kind, movement_id, amount from mrt_top order by 1")).toEqual([
      ["gift", "5", "50.00"],
      ["order", "4", "40.00"],
    ]);
  });

  it("gives every row a key", async () => {
    expect(await rows("select count(distinct by_group_key), count(*) from mrt_by_group")).toEqual([["6", "6"]]);
  });
});
