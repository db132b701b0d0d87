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

it("asks processes that are told by events for what the newest of each type says", async () => {
  const events = `
contract:
  name: shop.steps
  primary_key: [step_id]
  history: append_only
  schema: [{column: step_id, type: integer}, {column: order_id, type: integer, nullable: false}, {column: what, type: string}, {column: happened_at, type: timestamp}]
fact_table: {name: ways, grain: order, source: shop.steps, fact_type: accumulating_snapshot, grain_key: [order_id], degenerate_dimensions: [order_id], milestone_events: {type: what, time: happened_at, by: [step_id]}, milestones: [{name: ordered}, {name: sent}]}
`;
  const told = [
    "create schema marts; create schema staging; create table marts.dim_date as select -2 as date_key union all select 20260701 union all select 20260702",
    "create table staging.stg_shop__steps as select * from (values (1, 7, 'ordered', timestamp '2026-07-02'), (2, 7, 'ordered', timestamp '2026-07-01'), (3, 7, 'sent', timestamp '2026-07-02'), (4, 7, 'sent', null), (5, 8, 'lost', timestamp '2026-07-02')) as rows(step_id, order_id, what, happened_at)",
  ];
  const rows = (...ways: readonly string[]): string => `create or replace table marts.fct_ways as select * from (values ${ways.join(", ")}) as rows(ways_key, order_id, ordered_at, ordered_date_key, sent_at, sent_date_key)`;
  const broken = await brokenBy(events, told);
  const never = "('b', 8, null, -2, null, -2)";
  expect(await broken(rows("('a', 7, timestamp '2026-07-01', 20260701, null::timestamp, -2)", never))).toEqual([]);
  expect(await broken(rows("('a', 7, timestamp '2026-07-02', 20260702, null::timestamp, -2)", never))).toEqual(["F10 ordered is what the source says now"]);
  expect(await broken(rows("('a', 7, timestamp '2026-07-01', 20260701, timestamp '2026-07-02', 20260702)", never))).toEqual(["F10 sent is what the source says now"]);
  expect(await broken(rows("('a', 7, timestamp '2026-07-01', 20260701, null::timestamp, -2)"))).toEqual(["F2 no row of the source is lost or doubled"]);
});

it("asks a window for what the last run must have read, and for nothing that came late", async () => {
  const recent = spec("grain: sale, foreign_keys: [customer], degenerate_dimensions: [sale_id], measures: [amount], load: {strategy: merge, lookback: 2 days}")
    .replace("history: append_only", "history: append_only\n    loaded_at: loaded_at").replace("{column: amount, type: integer}", "{column: amount, type: integer}, {column: loaded_at, type: timestamp}");
  const told = [
    "create schema marts; create schema staging; create table marts.dim_customer as select * from (values ('-1', null, timestamp '1900-01-01', timestamp '9999-12-31'), ('k', 7, timestamp '1900-01-01', timestamp '9999-12-31')) as rows(customer_key, customer_id, valid_from, valid_to)",
    "create table staging.stg_shop__sales as select sale_id, date '2026-07-01' as sold_on, 7 as customer_id, 10 as amount, loaded_at from (values (1, timestamp '2026-07-05'), (2, timestamp '2026-07-03'), (3, timestamp '2026-07-02 23:59')) as rows(sale_id, loaded_at)",
  ];
  const rows = (...sales: readonly string[]): string => `create or replace table marts.fct_sales as select sale_id::varchar as sales_key, * from (values ${sales.join(", ")}) as rows(sale_id, customer_key, source_loaded_at)`;
  const broken = await brokenBy(recent, told);
  const [newest, oldest] = ["(1, 'k', timestamp '2026-07-05')", "(2, 'k', timestamp '2026-07-03')"];
  expect(await broken(rows(newest, oldest))).toEqual([]);
  expect(await broken(rows(newest, oldest, "(3, '-1', timestamp '2026-07-02 23:59')"))).toEqual([]);
  expect(await broken(rows(newest))).toEqual(["F2 no row of the source that was loaded within the window is lost"]);
  expect(await broken(rows(newest, oldest, "(4, 'k', timestamp '2026-07-05')"))).toEqual(["F2 no row is there that the source does not have"]);
  expect(await broken(rows(newest, oldest.replace("'k'", "'-1'")))).toEqual(["F3 customer_key is the version valid at the time of the event"]);
});

/** Which invariants a fact breaks, over a warehouse with these tables and its own. */
async function brokenBy(text: string, tables: readonly string[]): Promise<(fact: string) => Promise<readonly string[]>> {
  const { model } = linked(text);
  const dialect = dialectNamed("duckdb");
  const [found] = model?.facts ?? [];
  if (model === null || model === undefined || found === undefined || dialect === null || dialect === undefined) throw new Error("the spec does not link");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  for (const one of tables) await connection.run(one);
  return async (fact) => {
    await connection.run(fact);
    const broken: string[] = [];
    for (const { id, statement, offending } of factInvariants(found, model, relationsOf(model, dialect))) {
      if ((await connection.runAndReadAll(offending)).currentRowCount > 0) broken.push(`${id} ${statement}`);
    }
    return broken;
  };
}
