import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeEach, describe, expect, it } from "vitest";
import { compile, nodeHost } from "../../generator/index.ts";
import { invariantsOf } from "../../generator/verify/invariants.ts";

/** A small warehouse in which all is well: a on top, b and c below it; A1 shared by two, A2 by nobody, and since February by one. */
const good = [
  "create schema marts",
  "create table marts.dim_account as select * from (values ('1', 'A1'), ('2', 'A2')) as rows(account_durable_key, account_id)",
  "create table marts.bridge_account_holders as select * from (values ('1', 'x', 0.5), ('1', 'y', 0.5), ('2', '-1', 1.0)) as rows(account_durable_key, customer_key, weighting_factor)",
  `create table marts.bridge_account_advisers as select * from (values ('1', 'k', timestamp '1900-01-01', 1.0), ('2', '-1', timestamp '1900-01-01', 1.0), ('2', 'k', timestamp '2026-02-01', 1.0))
    as rows(account_durable_key, adviser_key, valid_from, weighting_factor)`,
  "create table marts.dim_unit as select unit as unit_durable_key, unit || '1' as unit_key, unit as unit_code, above as parent_code, timestamp '1900-01-01' as valid_from from (values ('a', null), ('b', 'a'), ('c', 'b')) as rows(unit, above)",
  `create table marts.bridge_unit_tree as select * from (values ('a', 'a1', 0), ('b', 'b1', 0), ('b', 'a1', 1), ('c', 'c1', 0), ('c', 'b1', 1), ('c', 'a1', 2))
    as rows(descendant_unit_durable_key, ancestor_unit_key, depth)`,
];

/** The same tree over time: until February c lay below a. */
const then = [
  "create or replace table marts.dim_unit as select unit as unit_durable_key, unit || number as unit_key, unit as unit_code, above as parent_code, since as valid_from, until as valid_to from (values ('a', 1, null, timestamp '1900-01-01', timestamp '9999-12-31'), ('b', 1, 'a', timestamp '1900-01-01', timestamp '9999-12-31'), ('c', 1, 'a', timestamp '1900-01-01', timestamp '2026-02-01'), ('c', 2, 'b', timestamp '2026-02-01', timestamp '9999-12-31')) as rows(unit, number, above, since, until)",
  `create table marts.bridge_unit_tree_then as select unit as descendant_unit_durable_key, above as ancestor_unit_key, depth, since as valid_from, until as valid_to
    from (values ('a', 'a1', 0, timestamp '1900-01-01', timestamp '2026-02-01'), ('a', 'a1', 0, timestamp '2026-02-01', timestamp '9999-12-31'),
      ('b', 'b1', 0, timestamp '1900-01-01', timestamp '2026-02-01'), ('b', 'a1', 1, timestamp '1900-01-01', timestamp '2026-02-01'), ('b', 'b1', 0, timestamp '2026-02-01', timestamp '9999-12-31'), ('b', 'a1', 1, timestamp '2026-02-01', timestamp '9999-12-31'),
      ('c', 'c1', 0, timestamp '1900-01-01', timestamp '2026-02-01'), ('c', 'a1', 1, timestamp '1900-01-01', timestamp '2026-02-01'),
      ('c', 'c2', 0, timestamp '2026-02-01', timestamp '9999-12-31'), ('c', 'b1', 1, timestamp '2026-02-01', timestamp '9999-12-31'), ('c', 'a1', 2, timestamp '2026-02-01', timestamp '9999-12-31'))
    as rows(unit, above, depth, since, until)`,
];

const compiled = compile({ host: nodeHost(), root: "fixtures/bank", warehouse: "duckdb" });
const [holders, advisers, tree] = ["marts.bridge_account_holders", "marts.bridge_account_advisers", "marts.bridge_unit_tree"];

describe("the invariants of bridges", () => {
  let connection: DuckDBConnection;
  beforeEach(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const sql of good) await connection.run(sql);
  });

  /** What fires, as `B2 bridge_account_holders`. */
  const fired = async (pattern = /^bridge_(account|unit_tree$)/): Promise<readonly string[]> => {
    const { design } = await compiled;
    if (design === null) throw new Error("the bank does not compile");
    const found: string[] = [];
    for (const { id, subject, offending } of invariantsOf(design)) {
      if (!pattern.test(subject)) continue;
      if ((await connection.runAndReadAll(offending)).currentRowCount > 0) found.push(`${id} ${subject}`);
    }
    return found;
  };

  it("are silent where all is well", async () => {
    expect(await fired()).toEqual([]);
  });

  it.each([
    ["a pair that stands there twice", `update ${holders} set customer_key = 'x'`, "B1 bridge_account_holders"],
    ["shares of more than a whole", `update ${holders} set weighting_factor = 0.6 where customer_key = 'x'`, "B2 bridge_account_holders"],
    ["a share below nothing", `update ${holders} set weighting_factor = case customer_key when 'x' then 1.5 else -0.5 end where account_durable_key = '1'`, "B2 bridge_account_holders"],
    ["a group without a row", `delete from ${holders} where account_durable_key = '2'`, "B2 bridge_account_holders"],
    ["shares that add up over all time, but at no time", `update ${advisers} set weighting_factor = 0.5 where account_durable_key = '2'`, "B2 bridge_account_advisers"],
    ["a member without itself", `delete from ${tree} where depth = 0 and ancestor_unit_key = 'a1'`, "B3 bridge_unit_tree"],
    ["a level that is missing between two", `delete from ${tree} where descendant_unit_durable_key = 'c' and depth = 1`, "B4 bridge_unit_tree"],
    ["a step that the dimension does not say", "update marts.dim_unit set parent_code = 'a' where unit_code = 'c'", "B5 bridge_unit_tree"],
    ["a step that the bridge lacks", `delete from ${tree} where descendant_unit_durable_key = 'b' and depth = 1`, "B5 bridge_unit_tree"],
  ])("tell of %s", async (_, planted, expected) => {
    await connection.run(planted);
    expect(await fired()).toContain(expected);
  });

  it.each([
    ["a level that is missing between two", "delete from tree where descendant_unit_durable_key = 'c' and ancestor_unit_key = 'b1'", "B4"],
    ["a member that is away for a while", "delete from tree where descendant_unit_durable_key = 'a' and valid_from > timestamp '2026-01-01'", "B3"],
    ["a step that nobody says at the time", "update tree set ancestor_unit_key = 'b1' where ancestor_unit_key = 'a1' and descendant_unit_durable_key = 'c' and depth = 1", "B5"],
  ])("tell of %s, in a hierarchy over time", async (_, planted, expected) => {
    for (const sql of then) await connection.run(sql);
    expect(await fired(/^bridge_unit_tree_then$/)).toEqual([]);
    for (const sql of planted.split("; ")) await connection.run(sql.replace(/ tree /, " marts.bridge_unit_tree_then "));
    expect(await fired(/^bridge_unit_tree_then$/)).toContain(`${expected} bridge_unit_tree_then`);
  });
});
