import { beforeAll, describe, expect, it } from "vitest";
import { landStar, starSpecs } from "./star.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const mart = (name: string, rest: string): string => `  - {name: ${name}, ${rest}}\n`;
const movements = (name: string, rest: string): string => mart(name, `from: fct_movements, ${rest}`);
const included = (name: string, where: string): string =>
  movements(name, `by: [dim_account.group], include: dim_account, measures: [amount], where: "${where}"`);

const marts = `
marts:
${movements("by_kind", "by: [kind], measures: [amount], where: dim_account.group = 'small'")}
${movements("by_role", "by: [dim_account.group], measures: [amount], where: \"receiver.group in ('small', 'large') and moved.year = 2026\"")}
${movements("by_number", "by: [], measures: [amount], where: dim_account.account_number = 1 and dim_account.branch = 'a'")}
${movements("filtered", "by: [kind], measures: [amount, {name: large, source: amount, where: dim_account.group = 'large'}, {name: moved_on, source: amount, where: \"dim_account.group = 'small' and receiver.group = 'other'\"}]")}
${mart("across", "from: [fct_movements, fct_visits], by: [dim_account.group], where: dim_account.group <> 'other', measures: [{name: amount, source: fct_movements.amount}, {name: visits, source: visit_id, aggregation: COUNT}]")}
${mart("across_dates", "from: [fct_movements, fct_visits], by: [dim_account.group], where: moved.month = 3, measures: [{name: amount, source: fct_movements.amount}, {name: visits, source: visit_id, aggregation: COUNT}]")}
${mart("calculated", "from: [fct_movements, fct_visits], by: [dim_account.group], measures: [{name: amount, source: fct_movements.amount}, {name: visits, source: visit_id, aggregation: COUNT}, {name: per_visit, expression: \"amount / nullif(visits, 0)\"}, {name: told, expression: \"case when per_visit > 15 then 'much' else 'little' end\"}, {name: row_position, expression: {raw_sql: {duckdb: rank() over (order by amount), postgres: rank() over (order by amount)}}, type: bigint}], top: {by: per_visit, n: 3}")}
${included("members", "dim_account.branch in ('a', 'c')")}
${included("members_of_gifts", "kind = 'gift'")}
${included("members_of_orders", "kind = 'order' and dim_account.branch <> 'c'")}
${included("members_or_gifts", "kind = 'gift' or dim_account.branch = 'a'")}
${included("members_not", "not (kind = 'gift' or dim_account.branch = 'c')")}
${included("members_of_role", "receiver.group = 'other'")}
${movements("monthly", "by: [dim_account.branch, moved.month], include: dim_account, measures: [amount], where: \"kind = 'order' and dim_account.group <> 'idle'\"")}
${movements("closed", "by: [], measures: [balance, {name: held, source: balance, where: \"dim_account.group in ('small', 'large')\"}, {name: least, source: lowest, where: \"dim_account.group in ('small', 'large')\"}, {name: middle, source: mean, where: \"dim_account.group in ('small', 'large')\"}]")}
${movements("renamed", "by: [{column: dim_account.group, as: balance}], measures: [{name: closing, source: balance}], where: moved.month = 3")}
${movements("best", "by: [kind, movement_id], measures: [amount], where: \"dim_account.group in ('small', 'large')\", top: {by: amount, n: 1, within: [kind]}")}
${movements("medians", "by: [kind], measures: [{name: middle, source: amount, aggregation: MEDIAN}, {name: of_small, source: amount, aggregation: MEDIAN, where: dim_account.group = 'small'}, {name: middle_id, source: movement_id, aggregation: median}]")}
${movements("texts", "by: [], measures: [{name: first_kind, source: kind, aggregation: MIN}, {name: last_kind, source: kind, aggregation: MAX, where: dim_account.group = 'small'}]")}
`;

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses({ ...starSpecs, "marts.yaml": marts });
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

const model = (name: string): string => warehouses[0]?.models.get(name) ?? "";

it("a median is the value in the middle, or the middle of the two there, of all rows that count", async () => {
  const movements = await rows(`select m.kind, m.amount, m.movement_id, a."group" from fct_movements as m left join dim_account as a on m.account_key = a.account_key order by m.movement_id`);
  const middle = (values: readonly (string | null)[]): number | null => {
    const sorted = values.flatMap((one) => (one === null ? [] : [Number(one)])).sort((a, b) => a - b);
    const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
    return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
  };
  const expected = [...new Set(movements.map(([kind]) => kind))].map((kind) => {
    const own = movements.filter((row) => row[0] === kind);
    return [kind, middle(own.map((row) => row[1] ?? null)), middle(own.filter((row) => row[3] === "small").map((row) => row[1] ?? null)), middle(own.map((row) => row[2] ?? null))];
  });
  const found = (await rows("select kind, middle, of_small, middle_id from mrt_medians order by kind")).map(([kind, ...values]) => [kind, ...values.map((one) => (one === null || one === undefined ? null : Number(one)))]);
  expect(found).toHaveLength(expected.length);
  expect(found).toEqual(expect.arrayContaining(expected));
});

describe("the filter of a mart", () => {
  it("speaks of the version that a row points to, though the mart is not grouped by it", async () => {
    expect(await rows("select kind, amount from mrt_by_kind")).toEqual([["order", "20.00"]]);
  });

  it("names roles, dates and parts of the natural key", async () => {
    expect(await rows(`select "group", amount from mrt_by_role`)).toEqual([["Unknown", "10.00"]]);
    expect(await rows("select amount from mrt_by_number")).toEqual([["50.00"]]);
  });

  it("joins each dimension once for each role that is read, and imports it once", () => {
    expect(model("mrt_by_role").match(/ref\('dim_account'\)/g)).toHaveLength(1);
    expect(model("mrt_by_role").match(/join/g)).toHaveLength(3);
    expect(model("mrt_by_number").match(/join/g)).toHaveLength(1);
  });

  it("filters each fact of a drill-across by its own joins", async () => {
    expect(await rows(`select "group", amount, visits from mrt_across order by 1`)).toEqual([
      ["Not applicable", "50.00", "1"],
      ["Unknown", "50.00", "0"],
      ["large", "30.00", "0"],
      ["small", "20.00", "1"],
    ]);
    expect(await rows(`select "group", amount, visits from mrt_across_dates order by 1`)).toEqual([
      ["Not applicable", "0.00", "1"],
      ["Unknown", "40.00", "0"],
      ["large", "30.00", "0"],
      ["other", "0.00", "1"],
      ["small", "20.00", "1"],
    ]);
  });

  it("leaves aggregates from which more is worked out: over several facts, one from another, and before the best are kept", async () => {
    expect(await rows(`select "group", amount, visits, round(per_visit::decimal(10,2), 2), told, row_position from mrt_calculated order by 1`)).toEqual([
      ["Not applicable", "50.00", "1", "50.00", "much", "4"],
      ["other", "0.00", "1", "0.00", "little", "1"],
      ["small", "20.00", "1", "20.00", "much", "2"],
    ]);
  });

  it("comes before the ranking", async () => {
    expect(await rows("select kind, movement_id, amount from mrt_best")).toEqual([["order", "3", "30.00"]]);
  });
});

describe("the filter of a mart's measure", () => {
  it("speaks of the same attributes and drops no row", async () => {
    expect(await rows("select kind, amount, large, moved_on from mrt_filtered order by 1")).toEqual([
      ["gift", "60.00", "0.00", "0.00"],
      ["order", "90.00", "30.00", "20.00"],
    ]);
  });

  it("closes a balance by the dates of the rows that it counts", async () => {
    expect(await rows("select balance, held, least, middle from mrt_closed")).toEqual([["40.00", "30.00", "20.00", "25"]]);
  });

  it("compares texts by their bytes", async () => {
    expect(await rows("select first_kind, last_kind from mrt_texts")).toEqual([["gift", "order"]]);
    expect(warehouses[1]?.models.get("mrt_texts")).toContain(`min(movements.kind collate "C")`);
    expect(warehouses[1]?.models.get("mrt_texts")).toContain(`then movements.kind collate "C"`);
  });
});

describe("a filter beside members that stay without facts", () => {
  it("restricts the members where it speaks of their dimension only", async () => {
    expect(await rows(`select "group", amount from mrt_members order by 1`)).toEqual([["idle", "0.00"], ["large", "30.00"], ["small", "20.00"]]);
    expect(await rows(`select "group", amount from mrt_members_of_orders order by 1`)).toEqual([["large", "30.00"], ["other", "0.00"], ["small", "20.00"]]);
    expect(await rows(`select "group", amount from mrt_members_not order by 1`)).toEqual([["large", "30.00"], ["other", "0.00"], ["small", "20.00"]]);
  });

  it("drops no member where it speaks of facts, of other roles, or of either", async () => {
    expect(await rows(`select "group", amount from mrt_members_of_gifts order by 1`)).toEqual([
      ["Not applicable", "50.00"],
      ["Unknown", "10.00"],
      ["idle", "0.00"],
      ["large", "0.00"],
      ["other", "0.00"],
    ]);
    expect(await rows(`select "group", amount from mrt_members_or_gifts order by 1`)).toEqual([
      ["Not applicable", "50.00"],
      ["Unknown", "10.00"],
      ["idle", "0.00"],
      ["large", "30.00"],
      ["other", "0.00"],
      ["small", "20.00"],
    ]);
    expect(await rows(`select "group", amount from mrt_members_of_role order by 1`)).toEqual([
      ["idle", "0.00"],
      ["large", "0.00"],
      ["other", "0.00"],
      ["small", "20.00"],
    ]);
  });

  it("leaves a member without facts one row where the mart is grouped by other things too", async () => {
    expect(await rows("select branch, month, amount from mrt_monthly order by 1, 2")).toEqual([
      ["a", "3", "50.00"],
      ["a|b", null, "0.00"],
      [null, "3", "40.00"],
    ]);
  });
});

describe("a group that bears the name of a column", () => {
  it("does not hide it", async () => {
    expect(await rows("select balance, closing from mrt_renamed order by 1")).toEqual([["Unknown", "40.00"], ["large", "30.00"], ["small", "20.00"]]);
  });
});
