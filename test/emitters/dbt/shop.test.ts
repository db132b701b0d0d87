import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const folder = "fixtures/shop";
const specs = Object.fromEntries(["contracts.yaml", "model.yaml", "pipeline.yaml", "settings.yaml"].map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));
const days = readdirSync(`${folder}/landing`).sort();

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    for (const table of ["products", "stores", "order_lines"]) await landAll(one, table, days);
    await landAll(one, "customers", days.slice(-1));
    await one.engine.run("create table snp_customer (customer_id integer, city varchar(50), customer_name varchar(50), email varchar(80), dbt_valid_from timestamp, dbt_valid_to timestamp)");
    await one.build();
  }
}, 60_000);

async function landAll(warehouse: TestWarehouse, table: string, from: readonly string[]): Promise<void> {
  const rows: (readonly (string | null)[])[] = [];
  let header: readonly string[] = [];
  for (const day of from) {
    const file = `${folder}/landing/${day}/${table}.csv`;
    const [first = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
    header = first.split(",");
    lines.forEach((line, index) => rows.push([...line.split(",").map((value) => (value === "" ? null : value)), file, String(index + 1), `${day} 23:00:00`]));
  }
  await warehouse.land(table, [...header, "_source", "_source_row", "_extracted_at"], rows);
}

describe("the tutorial shop", () => {
  it("shows every price a product had", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select product_id, product_name, price, valid_from, valid_to, is_current from dim_product where product_id is not null order by 1, 4")).toEqual([
        ["101", "Mug", "80.00", "1900-01-01 00:00:00", "2026-03-02 12:00:00", "false"],
        ["101", "Mug", "85.00", "2026-03-02 12:00:00", "9999-12-31 00:00:00", "true"],
        ["102", "Tea", "50.00", "1900-01-01 00:00:00", "2026-03-03 09:00:00", "false"],
        ["102", "Tea", "56.00", "2026-03-03 09:00:00", "9999-12-31 00:00:00", "true"],
        ["103", "Pot", "300.00", "1900-01-01 00:00:00", "2026-03-04 12:00:00", "false"],
        ["103", "Pot", "320.00", "2026-03-05 07:00:00", "9999-12-31 00:00:00", "true"],
      ]);
    }
  });

  it("shows every manager a store had", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select store_id, manager, valid_from, valid_to from dim_store where store_id is not null order by 1, 3")).toEqual([
        ["A", "Kari", "1900-01-01 00:00:00", "9999-12-31 00:00:00"],
        ["B", "Lars", "1900-01-01 00:00:00", "2026-03-03 00:00:00"],
        ["B", "Mona", "2026-03-03 00:00:00", "2026-03-04 00:00:00"],
        ["B", "Mona", "2026-03-05 00:00:00", "9999-12-31 00:00:00"],
        ["C", "Nils", "1900-01-01 00:00:00", "9999-12-31 00:00:00"],
      ]);
    }
  });

  it("gives the same keys on every engine", async () => {
    const keys = await Promise.all(warehouses.map((one) => one.rows("select product_key, product_durable_key from dim_product order by 1, 2")));
    for (const one of keys) expect(one).toEqual(keys[0]);
    expect(new Set(keys[0]?.map((row) => row[0])).size).toBe(8);
  });

  it("keeps the reserved members and their labels", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select store_key, store_id, city, manager, is_current from dim_store where store_id is null order by 1")).toEqual([
        ["-1", null, "Nowhere", "Unknown", "true"],
        ["-2", null, "Not applicable", "Not applicable", "true"],
      ]);
    }
  });

  it("keeps one row of a line that came twice, the corrected one", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select count(*), sum(quantity) from stg_shop__order_lines")).toEqual([["10", "15"]]);
      expect(await rows("select quantity from stg_shop__order_lines where order_id = 1002")).toEqual([["2"]]);
    }
  });

  it("hashes what the contract protects, the same on every engine", async () => {
    const emails = await Promise.all(warehouses.map((one) => one.rows("select email from stg_shop__customers order by customer_id")));
    for (const one of emails) expect(one).toEqual(emails[0]);
    expect(emails[0]?.[0]?.[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
