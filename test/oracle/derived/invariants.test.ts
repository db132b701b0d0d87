import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tables } from "../landing.ts";
import { DERIVED_INVARIANTS } from "./invariants.ts";

const places = [["log_place", "log_place_key"], ["state_place", "state_place_durable_key"], ["extract_place", "extract_place_durable_key"]] as const;
const timed = [["state_times", "state_place_durable_key", "state_plain_key"], ["extract_times", "extract_place_durable_key", "extract_inferred_key"], ["log_times", "log_place_key", "log_closed_key"]] as const;

/** All is well: place 8 has two members, one of them since March; place 9 lies below it and has none; a sale at either, and an order that was corrected. */
const good = [
  ...tables(),
  "create schema marts",
  ...places.map(([name, key]) => `create table marts.dim_${name} as select *${key.includes("durable") ? `, ${name}_key || 'd' as ${key}` : ""} from (values ('p', 8), ('q', 9)) as rows(${name}_key, place_id)`),
  "create table marts.bridge_state_shares as select * from (values ('pd', 'm', 0.5), ('pd', 'n', 0.5), ('qd', '-1', 1.0)) as rows(state_place_durable_key, state_plain_key, weighting_factor)",
  ...timed.map(([name, group, member]) => `create table marts.bridge_${name} as select * from (values ('p${group.includes("durable") ? "d" : ""}', 'm', timestamp '1900-01-01', timestamp '2026-03-01', 1.0), ('p${group.includes("durable") ? "d" : ""}', 'm', timestamp '2026-03-01', timestamp '9999-12-31', 0.5),
    ('p${group.includes("durable") ? "d" : ""}', 'n', timestamp '2026-03-01', timestamp '9999-12-31', 0.5), ('q${group.includes("durable") ? "d" : ""}', '-1', timestamp '1900-01-01', timestamp '9999-12-31', 1.0)) as rows(${group}, ${member}, valid_from, valid_to, weighting_factor)`),
  ...places.map(([name, key]) => `create table marts.bridge_${name.replace("place", "tree")} as select * from (values ('p${key.includes("durable") ? "d" : ""}', 'p', 0), ('q${key.includes("durable") ? "d" : ""}', 'q', 0), ('q${key.includes("durable") ? "d" : ""}', 'p', 1)) as rows(descendant_${key}, ancestor_${name}_key, depth)`),
  "create table marts.fct_stops as select * from (values (1, 1, 4.0), (2, 1, 2.0)) as rows(sale_id, till_number, amount)",
  ...["mrt_shared_alike", "mrt_shared_alike_then", "mrt_second_level", "fct_stop_days"].map((name) => `create table marts.${name} as select * from (values (1, 'm', 2.0, 0.5), (1, 'n', 2.0, 0.5), (1, null, 2.0, 1)) as rows(till_number, label, amount, stop_count)`),
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
