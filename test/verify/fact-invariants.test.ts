import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { dialectNamed } from "../../generator/dialects/registry.ts";
import { factInvariants } from "../../generator/verify/fact-invariants.ts";
import { relationsOf } from "../../generator/verify/relation.ts";
import { linked } from "../support/spec.ts";

const spec = (fact: string): string => `
settings: {timezone: Europe/Oslo}
contracts:
  - name: shop.customers
    primary_key: [customer_id]
    history: {kind: change_log, effective_at: changed_at}
    schema: [{column: customer_id, type: integer}, {column: changed_at, type: timestamp}, {column: city, type: string}]
  - name: shop.sales
    primary_key: [sale_id]
    history: append_only
    schema: [{column: sale_id, type: integer}, {column: sold_on, type: date, nullable: false}, {column: customer_id, type: integer}, {column: amount, type: integer}]
dimensions: [{name: customer, source: shop.customers, type: Type 2, natural_key: customer_id, attributes: [city]}]
fact_table: {name: sales, source: shop.sales, event_time: sold_on, ${fact}}
`;

const invariants = (fact: string) => {
  const { model } = linked(spec(fact));
  const dialect = dialectNamed("duckdb");
  const [found] = model?.facts ?? [];
  if (model === null || model === undefined || found === undefined || dialect === null || dialect === undefined) throw new Error("the spec does not link");
  return factInvariants(found, model, relationsOf(model, dialect));
};

it("asks for the version that holds at the end of a day in the project's zone", async () => {
  const version = invariants("grain: sale, foreign_keys: [customer], degenerate_dimensions: [sale_id], measures: [amount]").find((one) => one.statement.includes("version valid"));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const offending = async (key: string) => {
    await connection.run(`create or replace table marts.fct_sales as select 1 as sale_id, '${key}' as customer_key`);
    return (await connection.runAndReadAll(version?.offending ?? "")).currentRowCount;
  };
  for (const statement of [
    "create schema marts; create schema staging",
    // The customer moved at 22:30 UTC on the day of the sale: half past midnight of the next day in Oslo.
    "create table marts.dim_customer as select * from (values ('old', 7, timestamp '1900-01-01', timestamp '2026-07-01 22:30'), ('new', 7, timestamp '2026-07-01 22:30', timestamp '9999-12-31')) as rows(customer_key, customer_id, valid_from, valid_to)",
    "create table staging.stg_shop__sales as select 1 as sale_id, date '2026-07-01' as sold_on, 7 as customer_id, 10 as amount",
  ]) await connection.run(statement);
  expect([await offending("old"), await offending("new")]).toEqual([0, 1]);
  connection.closeSync();
});

it("asks periods to follow each other, and for no row per row of the source", () => {
  const found = invariants("grain: customer and week, fact_type: periodic_snapshot, period: week, entity: customer, foreign_keys: [customer, dim_date], degenerate_dimensions: [customer_id], measures: [amount]");
  expect(found.map((one) => one.id)).toEqual(["F1", "F9", "F3", "F3"]);
});
