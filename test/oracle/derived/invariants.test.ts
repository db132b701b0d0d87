import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tables } from "../landing.ts";
import { DERIVED_INVARIANTS } from "./invariants.ts";

const places = [["log_place", "log_place_key"], ["state_place", "state_place_durable_key"], ["extract_place", "extract_place_durable_key"], ["state_site", "state_site_key"], ["log_site", "log_site_durable_key"]] as const;
const alike = [["state_shares", "state_place_durable_key", "state_plain_key"], ["state_stakes", "state_site_key", "state_kept_key"]] as const;
const timed = [["state_times", "state_place_durable_key", "state_plain_key"], ["extract_times", "extract_place_durable_key", "extract_inferred_key"], ["log_times", "log_place_key", "log_closed_key"], ["log_stakes", "log_site_durable_key", "log_seen_key"]] as const;
const trees = [["log_tree", "log_place"], ["state_tree", "state_place"], ["extract_tree", "extract_place"], ["state_site_tree", "state_site"], ["state_tree_then", "state_place"], ["extract_tree_then", "extract_place"], ["log_site_tree", "log_site"]] as const;

/** Keys that all versions share end in d. */
const shared = (column: string) => (column.includes("durable") ? "d" : "");
const always = "timestamp '1900-01-01', timestamp '9999-12-31'";

/** All is well: place 8 has two members, one of them since March; place 9 lies below it and has none; a sale at either, and an order that was corrected. */
const good = [
  ...tables(),
  "create schema marts",
  ...places.map(([name, key]) => `create table marts.dim_${name} as select *${shared(key) === "" ? "" : `, ${name}_key || 'd' as ${key}`} from (values ('p', 8, null, 'p', '', null, null, ${always}, false), ('q', 9, 8, 'q', '', 'p', '', ${always}, false)) as rows(${name}_key, place_id, above_id, site_a, site_b, above_a, above_b, valid_from, valid_to, is_deleted)`),
  ...alike.map(([name, group, member]) => `create table marts.bridge_${name} as select * from (values ('p${shared(group)}', 'm', 0.5), ('p${shared(group)}', 'n', 0.5), ('q${shared(group)}', '-1', 1.0)) as rows(${group}, ${member}, weighting_factor)`),
  ...timed.map(([name, group, member]) => `create table marts.bridge_${name} as select * from (values ('p${shared(group)}', 'm', timestamp '1900-01-01', timestamp '2026-03-01', 1.0), ('p${shared(group)}', 'm', timestamp '2026-03-01', timestamp '9999-12-31', 0.5),
    ('p${shared(group)}', 'n', timestamp '2026-03-01', timestamp '9999-12-31', 0.5), ('q${shared(group)}', '-1', ${always}, 1.0)) as rows(${group}, ${member}, valid_from, valid_to, weighting_factor)`),
  ...trees.map(([name, place]) => {
    const key = places.find(([one]) => one === place)?.[1] ?? "";
    return `create table marts.bridge_${name} as select * from (values ('p${shared(key)}', 'p', 0, ${always}), ('q${shared(key)}', 'q', 0, ${always}), ('q${shared(key)}', 'p', 1, ${always})) as rows(descendant_${key}, ancestor_${place}_key, depth, valid_from, valid_to)`;
  }),
  "create table marts.fct_stops as select * from (values (1, 1, 4.0), (2, 1, 2.0)) as rows(sale_id, till_number, amount)",
  ...["mrt_shared_alike", "mrt_shared_alike_then", "mrt_staked", "mrt_staked_then", "mrt_second_level", "mrt_second_level_then", "fct_stop_days"].map((name) => `create table marts.${name} as select * from (values (1, 'm', 2.0, 0.5), (1, 'n', 2.0, 0.5), (1, null, 2.0, 1)) as rows(till_number, label, amount, stop_count)`),
  "create table marts.fct_place_weeks as select * from (values (1, 8, date '2026-10-18', 20261018, 4.0), (1, 8, date '2026-10-25', 20261025, 6.0)) as rows(till_number, place_id, period_end, date_key, closing)",
  "create table marts.mrt_balances as select * from (values (1, 'm', 10, 3.0), (1, 'n', 10, 3.0)) as rows(till_number, label, month, closing)",
  ...["fct_clicks", "fct_clicks_replaced"].map((name) => `create table marts.${name} as select 1 as click_id, 2 as seconds, timestamp '2026-10-20' as clicked_at, 'm' as log_closed_key, timestamp '2026-10-21' as source_loaded_at`),
  "insert into raw_till.visits values (1, null, 1, '2026-10-21 00:00:00+00'), (2, null, 1, '2026-10-19 00:00:00+00'), (3, null, 1, '2026-10-18 00:00:00+00'), (4, null, 1, null)",
  "create table marts.fct_visits_recent as select * from (values (1, timestamp '2026-10-21'), (2, timestamp '2026-10-19'), (4, null)) as rows(visit_id, source_loaded_at)",
  "insert into raw_state.orders (order_id) values (1)",
  "create table marts.fct_orders_kept as select * from (values (1, false), (2, true)) as rows(order_id, is_deleted)",
  "create table marts.fct_orders_booked as select * from (values (1, 1, 1, 5), (1, 2, -1, -5), (1, 3, 1, 6), (2, 1, 1, 5), (2, 2, -1, -5)) as rows(order_id, entry_number, order_count, amount)",
  "create table marts.fct_state_swapped as select 1 as order_id, 6 as amount",
];

/** What must not be, and which invariant tells. */
const planted: readonly (readonly [invariant: string, plant: string])[] = [
  ["B1", "insert into marts.bridge_state_shares values ('qd', '-1', 0)"],
  ["B2", "delete from marts.bridge_state_shares where state_plain_key = '-1'"],
  ["B2", "update marts.bridge_extract_times set weighting_factor = 0.4 where extract_inferred_key = 'n'"],
  ["B3", "delete from marts.bridge_log_tree where depth = 0 and ancestor_log_place_key = 'p'"],
  ["B3", "update marts.bridge_state_tree set depth = 1"],
  ["B4", "update marts.bridge_log_times set valid_to = timestamp '2026-02-01' where valid_to = timestamp '2026-03-01'"],
  ["B4", "update marts.bridge_state_times set valid_from = timestamp '2026-01-01' where state_plain_key = '-1'"],
  ["B4", "update marts.bridge_extract_times set valid_to = timestamp '2027-03-01' where extract_inferred_key = 'n'"],
  ["B2", "delete from marts.bridge_log_stakes where log_seen_key = 'n'"],
  ["B3", "delete from marts.bridge_state_site_tree where depth = 0 and ancestor_state_site_key = 'p'"],
  ["B3", "delete from marts.bridge_log_site_tree where ancestor_log_site_key = 'q'"],
  ["B4", "update marts.bridge_extract_tree_then set valid_to = timestamp '2026-03-01' where depth = 1"],
  ["B4", "insert into marts.bridge_state_tree_then values ('qd', 'q', 0, timestamp '2026-03-01', timestamp '9999-12-31')"],
  ["B5", "delete from marts.bridge_state_tree_then where depth = 1"],
  ["B5", "update marts.bridge_log_site_tree set depth = 2 where depth = 1"],
  ["F7 mrt_staked_then", "update marts.mrt_staked_then set amount = 4"],
  ["F7 mrt_second_level_then", "delete from marts.mrt_second_level_then where label = 'm'"],
  ["F11", "update marts.mrt_balances set closing = 5"],
  ["F11", "delete from marts.mrt_balances"],
  ["X3 clicks", "update marts.fct_clicks_replaced set seconds = 3"],
  ["X3 visits", "delete from marts.fct_visits_recent where visit_id = 2"],
  ["X3 visits", "insert into marts.fct_visits_recent values (4, null)"],
  ["F7 mrt_shared_alike adds", "delete from marts.mrt_shared_alike where label is null"],
  ["F7 mrt_shared_alike_then", "update marts.mrt_shared_alike_then set stop_count = 1"],
  ["F7 mrt_second_level", "update marts.mrt_second_level set amount = 2 * amount"],
  ["F7 a roll-up", "delete from marts.fct_stop_days"],
  ["F8 what is not marked", "update marts.fct_orders_kept set is_deleted = false"],
  ["F8 what is not marked", "update marts.fct_orders_kept set is_deleted = true"],
  ["F8 entries add up", "update marts.fct_orders_booked set amount = 5 where entry_number = 2"],
  ["F8 entries add up", "delete from marts.fct_orders_booked where order_id = 2 and entry_number = 2"],
  ["F8 entries count", "update marts.fct_orders_booked set entry_number = 4 where entry_number = 3"],
];

describe("the invariants of tables that are made of others, against small tables", () => {
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
  const fired = async (prefix: string) => {
    const names: string[] = [];
    for (const { name, sql } of DERIVED_INVARIANTS.filter((one) => one.name.startsWith(prefix))) if ((await connection.runAndReadAll(sql)).currentRowCount > 0) names.push(name);
    return names;
  };

  it("find nothing where all is well", async () => {
    expect(await fired("")).toEqual([]);
  });

  it.each(planted)("%s tells what it must (%#)", async (name, plant) => {
    await connection.run(plant);
    expect(await fired(name)).not.toEqual([]);
  });
});
