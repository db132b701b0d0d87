import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary, violations } from "../comparison.ts";
import { DIMENSIONS, FACTS } from "../tested.ts";
import { changedOnly, conformed, factInvariants } from "../fact-invariants.ts";
import { BRIDGES } from "../derived/bridges.ts";
import { DERIVED_INVARIANTS } from "../derived/invariants.ts";
import { RECORDS } from "../derived/records.ts";
import { WEEKS } from "../derived/weeks.ts";
import { WINDOWS, backfilled, tooLate } from "../derived/windows.ts";
import { held } from "../held.ts";
import { dimensionInvariants, immutable, sameRows } from "../invariants.ts";
import { simulated } from "../simulation.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { count, numbered, plainest, seed, sweeps } from "../sweep.ts";
import { plantBeside, respecify, startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

/** Every load has its run in a sweep; else some are left out, as when a run was missed (X2). */
const RUNS = sweeps ? Array.from({ length: BATCHES }, (_, load) => load) : [0, 4, 9];

/** dbt is killed in this load, and run again. */
const KILLED = 4;
const COPIED = 4;

const versioned = DIMENSIONS.filter((one) => one.kind === "state" && one.dimension.type === 2);
/** Marts hold floating numbers, whose last digits depend on the order of a sum: they are compared with the interpreter alone. */
const tables = [...DIMENSIONS, ...FACTS, ...BRIDGES, ...RECORDS, ...WINDOWS, ...WEEKS].map((one) => one.name);
const sold = FACTS.filter((one) => one.rows === "sales");
const invariants = [...DERIVED_INVARIANTS, ...DIMENSIONS.flatMap(dimensionInvariants), ...FACTS.flatMap(factInvariants), ...sold.slice(1, 3).flatMap((one) => sold.slice(0, 1).flatMap((other) => conformed(one, other)))];

/** A fault of each load that remembers something between runs, planted in a copy of a fact beside it. */
const faults = [
  { name: "a reversal with the sign of what it takes back", fact: "fct_orders_booked", from: "cast(-latest.amount as decimal(10, 2))", to: "latest.amount" },
  { name: "a mark that every run makes anew", fact: "fct_orders_kept", from: "and not stored.is_deleted", to: "" },
  { name: "a row that stays in the partition it left", fact: "fct_log_swapped", from: "or stored.member_id is distinct from final.member_id", to: "" },
  { name: "a window without its first moment", fact: "fct_clicks", from: "or loaded_at >=", to: "or loaded_at >" },
  { name: "rows that are not deleted before they come again", fact: "fct_clicks_replaced", from: "incremental_strategy='delete+insert'", to: "incremental_strategy='append'" },
  { name: "a window that is a day too short", fact: "fct_visits_recent", from: "window_start(this, 2)", to: "window_start(this, 1)" },
] as const;

describe(`${count("duckdb")} random streams on duckdb, seed ${seed}`, () => {
  const streams = numbered(sampleStreams(count("duckdb"), seed));
  let warehouse: TestedWarehouse;
  let lasted = 0;
  beforeAll(async () => {
    warehouse = await startWarehouse("duckdb", (project) => {
      for (const { fact, from, to } of faults) plantBeside(project, `dbt/models/marts/core/${fact}.sql`, `${fact}_faulty`, from, to);
    });
    await warehouse.run(["create schema kept"]);
  });
  afterAll(() => warehouse?.stop());

  it.each(RUNS)("are in the warehouse after load %i as the interpreter says", async (load) => {
    const runs = RUNS.filter((run) => run <= load);
    for (let next = (runs.at(-2) ?? -1) + 1; next <= load; next++) await warehouse.bring(streams, next);
    if (load === KILLED) await warehouse.kill(load, lasted * 0.6);
    const started = performance.now();
    await warehouse.build(load);
    lasted = performance.now() - started;
    const found = await differences(warehouse, streams, runs);
    if (found.length > 0) expect.fail(`${summary(found)}\n${sweeps ? await plainest(found, streams, runs) : ""}`);
    expect(await violations(warehouse, invariants)).toEqual([]);
    if (load === COPIED) await warehouse.run(versioned.map(({ name }) => `create table kept.${name}_closed as select * from marts.${name}`));
  });

  it("D14: keep ended versions of snapshots as they were", async () => {
    expect(await violations(warehouse, versioned.map((one) => immutable(one, `kept.${one.name}_closed`)))).toEqual([]);
  });

  it("D13, F4, K20: are the same after the last run has run again, twice at once", async () => {
    await warehouse.run(tables.map((name) => `create table kept.${name} as select * from marts.${name}`));
    // A file of DuckDB belongs to one process: the other run waits for it, or fails.
    expect(await warehouse.buildTwice(BATCHES - 1)).toContain(true);
    expect(await violations(warehouse, tables.map((name) => sameRows("D13", `marts.${name}`, `kept.${name}`)))).toEqual([]);
    expect(summary(await differences(warehouse, streams, RUNS, (table) => table.startsWith("mrt_")))).toBe("");
  });

  it("F5: are the same after a full refresh of all facts that are loaded in portions; those that remember stay as they are", async () => {
    const own = ["fct_sales_merged", "fct_sales_replaced", "fct_visits", "fct_state_swapped", "fct_log_swapped", "fct_orders_kept", "fct_orders_booked"];
    await warehouse.build(BATCHES - 1, ["--full-refresh", "--select", ...own]);
    expect(await violations(warehouse, own.map((name) => sameRows("F5", `marts.${name}`, `kept.${name}`)))).toEqual([]);
  });

  it("and each fault of a load that remembers is told by the table that has it", async () => {
    const told = await violations(warehouse, faults.map(({ name, fact }) => sameRows(name, `marts.${fact}_faulty`, `marts.${fact}`)));
    expect(faults.filter(({ name }) => !told.some((one) => one.startsWith(name))).map((one) => one.name)).toEqual([]);
  });

  it("X3: report rows that came too late for the window of a run, and load them by a backfill", async () => {
    const simulations = [...streams].map(([number, stream]) => simulated({ stream, number, runs: RUNS }));
    const warned = WINDOWS.map((one) => ({ name: one.name, rows: simulations.flatMap((stream) => tooLate(stream, one)).length }));
    expect(warned.filter((one) => one.rows === 0)).toEqual([]);
    const tests = WINDOWS.flatMap(({ name }) => [`${name}__late_rows`, `${name}__rows`]);
    const said = await warehouse.warnings(BATCHES - 1, [...tests, "mrt_shared_alike__totals"]);
    expect([...said].sort()).toEqual(warned.map(({ name, rows }) => expect.stringMatching(new RegExp(`^warn \\S+\\.${name}__late_rows: Got ${rows} results`))));
    await warehouse.build(BATCHES - 1, ["--select", ...WINDOWS.map((one) => one.name)], { backfill_from: "1900-01-01" });
    const found = await warehouse.read((query) => held(query, (table) => WINDOWS.some((one) => one.name === table)));
    for (const one of WINDOWS) expect([...(found.get(one.name) ?? [])].flatMap(([number, rows]) => (streams.has(number) ? rows : [])).sort()).toEqual(backfilled(simulations, one).map(([, cells]) => JSON.stringify(cells)).sort());
  });

  it("F6, X9: change in the rows of one day alone where a sale of that day comes late", async () => {
    await warehouse.run(["insert into raw_till.sales values (5000, 7, '2026-10-05 12:00:00+00', '2026-10-05', '2026-10-05', null, null, null, 4, 'late', null, -1, null, null, null)"]);
    const own = FACTS.filter((one) => one.rows === "sales" && one.time === "at").map((one) => one.name);
    await warehouse.build(BATCHES - 1, ["--select", "dim_till_flags", ...own]);
    expect(await violations(warehouse, own.map((name) => changedOnly(`marts.${name}`, `kept.${name}`, "sold_date_key = 20261005")))).toEqual([]);
    expect(await warehouse.read((query) => query("select amount from marts.fct_sales_merged where sale_id = 7"))).toEqual([{ amount: "4.00" }]);
  });

  it("K17: stop where a source is empty by accident, and close nobody", async () => {
    await warehouse.run(["create table kept.members as select * from raw_state.members", "delete from raw_state.members"]);
    const nodes = ["int_state_closed_joined", "int_state_closed_joined__few_departures", "snp_state_closed", "dim_state_closed"];
    expect(await warehouse.succeeds(BATCHES, nodes)).toBe(false);
    expect(await violations(warehouse, [sameRows("K17", "marts.dim_state_closed", "kept.dim_state_closed")])).toEqual([]);
    await warehouse.run(["insert into raw_state.members select * from kept.members"]);
    expect(await warehouse.succeeds(BATCHES, nodes)).toBe(true);
    expect(await violations(warehouse, [sameRows("K17", "marts.dim_state_closed", "kept.dim_state_closed")])).toEqual([]);
  });

  it("K16: get no new version where an attribute is added that is tracked from now on", async () => {
    const added = ["state", "log"].map((entity) => {
      const head = `- name: dim_${entity}_closed\n    source: ${entity}.members\n    type: Type 2\n    natural_key: member_id\n    attributes: [`;
      return [head, `${head}{name: note, scd_type: 2, since: 2026-10-29}, `] as const;
    });
    respecify(warehouse.project, "duckdb", "dimensions.yaml", added);
    await warehouse.build(BATCHES, ["--select", "+dim_state_closed", "+dim_log_closed"]);
    // Of whom a log tells two notes since that day, the second one is a change like any other.
    const noted = "select member_id from raw_log.members where member_id is not null and changed_at >= '2026-10-29 00:00:00+00' group by member_id having count(distinct coalesce(note, '')) > 1";
    const without = (schema: string, entity: string) => `(select ${entity}_closed_key, member_id, label, city, price, valid_from, valid_to from ${schema}.dim_${entity}_closed where ${entity}_closed_key not in ('-1', '-2')${entity === "log" ? ` and member_id not in (${noted})` : ""}) as spans`;
    expect(await violations(warehouse, ["state", "log"].map((entity) => sameRows("K16", without("marts", entity), without("kept", entity))))).toEqual([]);
  });
});
