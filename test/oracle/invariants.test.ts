import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changedOnly, conformed, factInvariants } from "./fact-invariants.ts";
import { dimensionInvariants, immutable, sameRows } from "./invariants.ts";
import type { Invariant } from "./invariants.ts";
import { tables } from "./landing.ts";
import { FACTS, dimensionNamed } from "./tested.ts";
import type { Tested, TestedFact } from "./tested.ts";

const closed = dimensionNamed("dim_log_closed");
const current = dimensionNamed("dim_state_closed");
const inferred = dimensionNamed("dim_log_inferred");
const sales = { ...fact("fct_sales"), keys: fact("fct_sales").keys.filter((one) => "dimension" in one && one.dimension.name === "dim_log_closed") };

const desks = dimensionNamed("dim_log_desk_history");
const placed = dimensionNamed("dim_log_placed");
const progress = { ...fact("fct_log_progress"), keys: [] };
const weeks = { ...fact("fct_state_weeks"), keys: [] };

/** A small warehouse in which all is well: member 8 lived in A, was away, and lives in B; in the repeated hour it moved twice. */
const good = [
  ...tables(),
  "create schema marts",
  `insert into raw_log.members values (1, '2026-10-20 00:00:00+00', 'U', 8, 'n', 'A', 1, null, null), (2, '2026-10-21 00:00:00+00', 'D', 8, null, null, null, null, null),
    (3, '2026-10-25 00:30:00+00', 'U', 8, 'n', 'B', 1, null, null), (4, '2026-10-25 01:30:00+00', 'U', 8, 'n', 'C', 1, null, null)`,
  "insert into raw_state.members values ('2026-10-25 00:00:00+00', 8, 'n', 'C', 1, null, null)",
  ...["log_closed", "state_closed"].map((entity) => `create table marts.dim_${entity} as select * from (values
    ('k1', 8, 'n', 'A', cast(1 as decimal(10, 2)), timestamp '1900-01-01', timestamp '2026-10-21', false), ('k2', 8, 'n', 'B', 1, timestamp '2026-10-25 00:30:00', timestamp '2026-10-25 01:30:00', false),
    ('k3', 8, 'n', 'C', 1, timestamp '2026-10-25 01:30:00', timestamp '9999-12-31', true), ('-1', null, 'Unknown', 'Unknown', null, timestamp '1900-01-01', timestamp '9999-12-31', true),
    ('-2', null, 'Not applicable', 'Not applicable', null, timestamp '1900-01-01', timestamp '9999-12-31', true)) as rows(${entity}_key, member_id, label, city, price, valid_from, valid_to, is_current)`),
  "insert into raw_till.sales values (1, 1, '2026-10-20 00:00:00+00', null, '2026-10-20', 8, null, null, 5, null, null, 1, null, null, null), (2, 2, '2026-10-26 00:00:00+00', null, '2026-10-26', null, null, null, 7, null, null, 1, null, null, null)",
  "create table marts.fct_sales as select * from (values (1, cast(5 as decimal(10, 2)), 'k1'), (2, 7, '-2')) as rows(sale_id, amount, log_closed_key)",
  "create table marts.dim_log_inferred as select * rename (log_closed_key as log_inferred_key), false as is_inferred from marts.dim_log_closed",
  "create table copy as select * from marts.dim_log_closed",
  "create table marts.dim_log_desk as select 'd' as log_desk_key, 8 as member_id, 'n' as label, 'C' as city, 1 as price",
  "create table marts.dim_log_desk_history as select log_closed_key as log_desk_history_key, case when member_id = 8 then 'd' end as log_desk_key, * exclude (log_closed_key) from marts.dim_log_closed",
  "insert into raw_log.orders values (1, '2026-10-20 00:00:00+00', 'U', 8, null, '2026-10-20 00:00:00+00', null, null, 5), (2, '2026-10-20 00:00:00+00', 'U', 9, null, '2026-10-20 00:00:00+00', null, null, 5), (3, '2026-10-21 00:00:00+00', 'D', 9, null, '2026-10-20 00:00:00+00', null, null, 5)",
  "create table marts.fct_log_progress as select * from (values (8, 20261020, 20261022, -2, 2, cast(null as decimal(12, 2)))) as rows(order_id, ordered_date_key, packed_date_key, shipped_date_key, ordered_to_packed_days, ordered_to_shipped_hours)",
  "create table marts.fct_state_weeks as select * from (values (8, date '2026-10-18', 2, 2, 7), (8, date '2026-10-25', 0, 2, 7), (9, date '2026-10-25', 1, 1, null)) as rows(member_id, period_end, paid, balance, reading)",
  "create table marts.fct_visits as select 800 as visit_id, 3 as pages",
  "insert into raw_till.visits values (800, '2026-10-20', 3, null)",
  "create table marts.fct_sales_merged as select * from marts.fct_sales",
  "insert into raw_log.places values (1, '2026-10-20 00:00:00+00', 'U', 1, 'x', null)",
  "create table marts.dim_log_place as select 'p' as log_place_key, 1 as place_id, 'x' as street",
  `create table marts.dim_log_placed as select * from (values ('k1', 8, 'n', 'A', 1, 'x', 'p', timestamp '1900-01-01', timestamp '2026-10-21', false), ('k2', 8, 'n', 'B', null, null, '-2', timestamp '2026-10-25 00:30:00', timestamp '2026-10-25 01:30:00', false),
    ('k3', 8, 'n', 'C', 2, null, '-1', timestamp '2026-10-25 01:30:00', timestamp '9999-12-31', true), ('-1', null, null, null, null, null, '-1', timestamp '1900-01-01', timestamp '9999-12-31', true), ('-2', null, null, null, null, null, '-2', timestamp '1900-01-01', timestamp '9999-12-31', true)) as rows(log_placed_key, member_id, label, city, place_id, street, log_place_key, valid_from, valid_to, is_current)`,
  "update raw_log.members set place_id = case city when 'A' then 1 when 'C' then 2 end",
  "create table yesterday as select * from marts.fct_state_weeks",
];

/** What must not be, and which invariant tells. */
const planted: readonly (readonly [invariant: string, tells: readonly Invariant[], plant: string])[] = [
  ["D1", of(closed), "update marts.dim_log_closed set log_closed_key = 'k1' where log_closed_key = 'k2'"],
  ["D1", of(closed), "update marts.dim_log_closed set log_closed_key = null where log_closed_key = 'k2'"],
  ["D2", of(closed), "update marts.dim_log_closed set valid_from = timestamp '2026-10-25 00:30:00' where log_closed_key = 'k3'"],
  ["D3", of(closed), "update marts.dim_log_closed set valid_to = valid_from where log_closed_key = 'k2'"],
  ["D4", of(closed), "update marts.dim_log_closed set valid_to = timestamp '2026-10-25 01:30:00.000001' where log_closed_key = 'k2'"],
  ["D5", of(closed), "update marts.dim_log_closed set valid_to = timestamp '2026-10-25 01:00:00' where log_closed_key = 'k2'"],
  ["D6", of(closed), "update marts.dim_log_closed set is_current = true where log_closed_key = 'k2'"],
  ["D6", of(closed), "update marts.dim_log_closed set is_current = false where log_closed_key = 'k3'"],
  ["D7", of(current), "update marts.dim_state_closed set city = null where state_closed_key = 'k3'"],
  ["D8 everybody", of(current), "insert into raw_state.members values (now(), 9, 'n', 'A', 1, null, null)"],
  ["D8 nobody", of(current), "delete from raw_state.members"],
  ["D9", of(closed), "update marts.dim_log_closed set city = 'Z' where log_closed_key = 'k3'"],
  ["D10", of(closed), "update marts.dim_log_closed set city = 'C' where log_closed_key = 'k2'"],
  ["D11 label", of(closed), "update marts.dim_log_closed set label = null where log_closed_key = 'k2'"],
  ["D12", of(closed), "delete from marts.dim_log_closed where log_closed_key = '-2'"],
  ["D12", of(closed), "update marts.dim_log_closed set valid_from = timestamp '2026-01-01' where log_closed_key = '-1'"],
  ["D13", [sameRows("D13", "marts.dim_log_closed", "copy")], "update marts.dim_log_closed set price = null where log_closed_key = 'k2'"],
  ["D14", [immutable(closed, "copy")], "update marts.dim_log_closed set valid_to = timestamp '2026-10-22' where log_closed_key = 'k1'"],
  ["D15", [sameRows("D15", "marts.dim_log_closed", "copy")], "insert into marts.dim_log_closed select * from copy where log_closed_key = 'k2'"],
  ["D16", [sameRows("D16", "marts.dim_log_closed", "copy")], "delete from marts.dim_log_closed where log_closed_key = 'k2'"],
  ["D17", of(closed), "insert into marts.dim_log_closed values ('k4', 8, 'n', 'A', 1, timestamp '2026-10-21', timestamp '2026-10-25 00:30:00', false)"],
  ["D18 everybody", of(inferred), "insert into raw_till.sales values (3, 3, null, null, '2026-10-26', 12, null, null, 5, null, null, 1, null, null, null)"],
  ["D18 nobody", of(inferred), "update marts.dim_log_inferred set is_inferred = true where log_inferred_key = 'k1'"],
  ["D19", [sameRows("D19", "marts.dim_log_closed", "copy")], "update marts.dim_log_closed set log_closed_key = 'other' where log_closed_key = 'k2'"],
  ["D20", of(closed), "update marts.dim_log_closed set valid_from = timestamp '2026-10-25 01:00:00' where log_closed_key = 'k3'"],
  ["F1", factInvariants(sales), "insert into marts.fct_sales values (1, 5, 'k1')"],
  ["F2", factInvariants(sales), "delete from marts.fct_sales where sale_id = 2"],
  ["F3", factInvariants(sales), "update marts.fct_sales set log_closed_key = null where sale_id = 1"],
  ["F3", factInvariants(sales), "update marts.fct_sales set log_closed_key = 'nobody' where sale_id = 1"],
  ["F4", [sameRows("F4", "(select log_closed_key from marts.fct_sales)", "(select log_closed_key from (values ('k1'), ('-2')) as rows(log_closed_key))")], "update marts.fct_sales set log_closed_key = '-1' where sale_id = 1"],
  ["F3 an outrigger", of(placed), "update marts.dim_log_placed set log_place_key = '-1' where log_placed_key = 'k1'"],
  ["D9", of(placed), "update marts.dim_log_placed set place_id = 3 where log_placed_key = 'k3'"],
  ["D11 a version", of(desks), "update marts.dim_log_desk_history set log_desk_key = 'other' where member_id = 8"],
  ["D11 everybody", of(desks), "update marts.dim_log_desk set price = 2"],
  ["F2 there are the rows", factInvariants(fact("fct_visits")), "insert into marts.fct_visits values (801, 0)"],
  ["F6", [changedOnly("marts.fct_state_weeks", "yesterday", "period_end = date '2026-10-18'")], "update marts.fct_state_weeks set paid = 3"],
  ["F8", factInvariants(progress), "insert into marts.fct_log_progress values (9, 20261020, -2, -2, null, null)"],
  ["F8", factInvariants(progress), "delete from marts.fct_log_progress"],
  ["F9 no period", factInvariants(weeks), "update marts.fct_state_weeks set period_end = date '2026-10-11' where period_end = date '2026-10-18'"],
  ["F9 everybody", factInvariants(weeks), "delete from marts.fct_state_weeks where member_id = 8 and paid = 0"],
  ["F9 a balance", factInvariants(weeks), "update marts.fct_state_weeks set balance = 0 where paid = 0"],
  ["F9 a reading", factInvariants(weeks), "update marts.fct_state_weeks set reading = null where paid = 0"],
  ["F10 a lag is there", factInvariants(progress), "update marts.fct_log_progress set ordered_to_packed_days = null"],
  ["F10 a lag has the sign", factInvariants(progress), "update marts.fct_log_progress set ordered_to_packed_days = -2"],
  ["F12", conformed(sales, { ...sales, name: "fct_sales_merged" }), "update marts.fct_sales_merged set log_closed_key = '-1' where sale_id = 1"],
  ["F7", factInvariants(sales), "update marts.fct_sales set amount = 6 where sale_id = 1"],
];

describe("the invariants, against small tables", () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const statement of ["set TimeZone = 'UTC'", ...good]) await connection.run(statement);
    return () => connection.closeSync();
  });
  beforeEach(async () => {
    await connection.run("begin");
    return async () => void (await connection.run("rollback"));
  });
  const fired = async (invariants: readonly Invariant[]) => {
    const names: string[] = [];
    for (const one of invariants) if ((await connection.runAndReadAll(one.sql)).currentRowCount > 0) names.push(one.name);
    return names;
  };

  it("find nothing where all is well", async () => {
    expect(await fired([...of(closed), ...of(inferred), ...of(current), ...of(desks), ...of(placed), ...[sales, progress, weeks, fact("fct_visits")].flatMap(factInvariants), ...conformed(sales, { ...sales, name: "fct_sales_merged" }), immutable(closed, "copy"), sameRows("D13", "marts.dim_log_closed", "copy")])).toEqual([]);
  });

  it.each(planted)("%s tells what it must (%#)", async (name, invariants, plant) => {
    await connection.run(plant);
    expect((await fired(invariants)).filter((one) => one.startsWith(name))).not.toEqual([]);
  });
});

function of(tested: Tested): readonly Invariant[] {
  return dimensionInvariants(tested);
}

function fact(name: string): TestedFact {
  const found = FACTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no fact ${name}`);
  return found;
}
