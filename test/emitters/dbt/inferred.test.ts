import { beforeAll, describe, expect, it } from "vitest";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const specs = {
  "contract.yaml": `
contracts:
  - name: crm.accounts
    primary_key: [tenant, id]
    history: {kind: change_log, effective_at: at, operation: {column: op, delete: [D]}}
    schema:
      - {column: tenant, type: string}
      - {column: id, type: integer, rename: account_id}
      - {column: at, type: timestamp}
      - {column: op, type: string}
      - {column: plan, type: string}
      - {column: seats, type: integer}
  - name: crm.shops
    primary_key: [code]
    schema:
      - {column: code, type: string, rename: shop_code}
      - {column: city, type: string}
  - name: crm.payments
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer, rename: payment_id}
      - {column: paid_at, type: timestamp}
      - {column: tenant, type: string}
      - {column: account, type: bigint}
      - {column: shop, type: string, references: crm.shops.code}
      - {column: is_test, type: boolean}
  - name: crm.calls
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer, rename: call_id}
      - {column: payment_id, type: integer, references: crm.payments.id}
      - {column: called_at, type: timestamp}
`,
  "model.yaml": `
dimensions:
  - name: dim_account
    source: crm.accounts
    natural_key: [tenant, account_id]
    late_arriving: infer
    attributes:
      - {name: plan, scd_type: 2}
      - {name: seats, scd_type: 1}
    unknown_member: {plan: none}
  - name: dim_shop
    source: crm.shops
    natural_key: shop_code
    late_arriving: infer
    attributes: [city]
fact_tables:
  - name: fact_payments
    grain: payment
    grain_statement: One row per payment
    source: crm.payments
    where: not is_test
    event_time: paid_at
    foreign_keys:
      - {dimension: dim_account, on: {tenant: tenant, account: account_id}}
      - dim_shop
    degenerate_dimensions: [payment_id]
  - name: fact_calls
    grain: call
    grain_statement: One row per call
    source: crm.calls
    joins: [crm.payments]
    event_time: called_at
    foreign_keys: [{dimension: dim_account, on: {tenant: tenant, account: account_id}}]
    degenerate_dimensions: [call_id]
`,
  "pipeline.yaml": "pipeline: {name: crm, owner: crm, schedule: '@daily', extract: {source_system: crm, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: crm}",
};

const loaded = ["file", "1", "2026-01-09 00:00:00"];
const metadata = ["_source", "_source_row", "_extracted_at"];
type Values = readonly (readonly (string | null)[])[];

async function land(warehouse: TestWarehouse, accounts: Values, shops: Values, payments: Values, calls: Values = []): Promise<void> {
  const table = async (name: string, columns: readonly string[], rows: Values) => warehouse.land(name, [...columns, ...metadata], rows.map((row) => [...row, ...loaded]));
  await table("accounts", ["tenant", "id", "at", "op", "plan", "seats"], accounts);
  await table("shops", ["code", "city"], shops);
  await table("payments", ["id", "paid_at", "tenant", "account", "shop", "is_test"], payments);
  await table("calls", ["id", "payment_id", "called_at"], calls);
}

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await land(one, [], [], []);
    await one.build();
  }
}, 60_000);

const payments: Values = [
  ["1", "2026-01-02 10:00:00", "a", "7", "s1", "false"],
  ["2", "2026-01-04 10:00:00", "a", "7", "s2", "false"],
  ["3", "2026-01-04 10:00:00", "b", "7", null, "false"],
  ["4", "2026-01-04 10:00:00", "a", null, "s1", "false"],
  ["5", "2026-01-04 10:00:00", "c", "9", "s9", "true"],
];
const accounts = (warehouse: TestWarehouse) =>
  warehouse.rows("select tenant, account_id, plan, seats, is_inferred, valid_from, valid_to, is_current from dim_account where tenant is not null order by 1, 2, 6");
const keys = (warehouse: TestWarehouse) => warehouse.rows("select payment_id, account_key, shop_key from fct_payments order by 1");

describe("members that facts name before the source does", () => {
  it("become rows with the labels of the unknown member, one for each key of any fact, tests left out as in the fact", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, [], [["s1", "Oslo"]], payments, [["1", "3", "2026-01-05 10:00:00"], ["2", "5", "2026-01-05 10:00:00"]]);
      expect(await accounts(warehouse)).toEqual([
        ["a", "7", "none", null, "true", "1900-01-01 00:00:00", "9999-12-31 00:00:00", "true"],
        ["b", "7", "none", null, "true", "1900-01-01 00:00:00", "9999-12-31 00:00:00", "true"],
        ["c", "9", "none", null, "true", "1900-01-01 00:00:00", "9999-12-31 00:00:00", "true"],
      ]);
      expect(await warehouse.rows("select shop_code, city, is_inferred from dim_shop where shop_code is not null order by 1")).toEqual([
        ["s1", "Oslo", "false"],
        ["s2", "Unknown", "true"],
      ]);
    }
  });

  it("are completed in place: facts keep their keys, and later versions take theirs", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, [], [], payments);
      const before = await keys(warehouse);
      await land(warehouse, [["a", "7", "2026-01-03 00:00:00", "U", "basic", "1"], ["b", "7", "2026-01-05 00:00:00", "U", "pro", "2"]], [["s1", "Oslo"], ["s2", "Bergen"]], payments);
      expect(await keys(warehouse)).toEqual(before);
      expect(before.map((row) => row[1] === "-1" || row[2] === "-1")).toEqual([false, false, false, false]);
      expect(before[3]?.[1]).toBe("-2");
      expect(await accounts(warehouse)).toEqual([
        ["a", "7", "basic", "1", "false", "1900-01-01 00:00:00", "9999-12-31 00:00:00", "true"],
        ["b", "7", "pro", "2", "false", "1900-01-01 00:00:00", "9999-12-31 00:00:00", "true"],
      ]);
      await land(warehouse, [["a", "7", "2026-01-03 00:00:00", "U", "basic", "1"], ["a", "7", "2026-01-04 00:00:00", "U", "pro", "1"]], [["s1", "Oslo"]], payments);
      const after = await keys(warehouse);
      expect(after[0]).toEqual(before[0]);
      expect(after[1]?.[1]).not.toBe(before[1]?.[1]);
      expect((await warehouse.rows("select account_key from dim_account group by 1 having count(*) > 1")).length).toBe(0);
    }
  });

  it("keep one key each where a later version begins just at the beginning, which the keys of first versions are made of", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, [], [], payments.slice(0, 1));
      const [[, before] = []] = await keys(warehouse);
      await land(warehouse, [["a", "7", "1885-06-01 00:00:00", "U", "basic", "1"], ["a", "7", "1900-01-01 00:00:00", "U", "pro", "1"]], [], payments.slice(0, 1));
      expect(await warehouse.rows(`select plan, account_key = '${before}' from dim_account where tenant is not null order by 1`)).toEqual([["basic", "true"], ["pro", "false"]]);
    }
  });

  it("are not inferred again once they were there and are gone", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, [["a", "7", "2026-01-01 00:00:00", "U", "basic", "1"], ["a", "7", "2026-01-03 00:00:00", "D", null, null]], [], payments.slice(0, 2));
      expect(await accounts(warehouse)).toEqual([["a", "7", "basic", "1", "false", "1900-01-01 00:00:00", "2026-01-03 00:00:00", "false"]]);
      const [first, second] = await keys(warehouse);
      expect([first?.[1] === "-1", second?.[1]]).toEqual([false, "-1"]);
    }
  });
});
