import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary, violations } from "../comparison.ts";
import { DIMENSIONS, FACTS } from "../tested.ts";
import { changedOnly, conformed, factInvariants } from "../fact-invariants.ts";
import { dimensionInvariants, immutable, sameRows } from "../invariants.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { count, numbered, plainest, seed, sweeps } from "../sweep.ts";
import { respecify, startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

/** Every load has its run in a sweep; else some are left out, as when a run was missed (X2). */
const RUNS = sweeps ? Array.from({ length: BATCHES }, (_, load) => load) : [0, 4, 6, 9];

/** dbt is killed in this load, and run again. */
const KILLED = 4;
const COPIED = 6;

const versioned = DIMENSIONS.filter((one) => one.kind === "state" && one.dimension.type === 2);
const tables = [...DIMENSIONS, ...FACTS].map((one) => one.name);
const sold = FACTS.filter((one) => one.rows === "sales");
const invariants = [...DIMENSIONS.flatMap(dimensionInvariants), ...FACTS.flatMap(factInvariants), ...sold.slice(1, 3).flatMap((one) => sold.slice(0, 1).flatMap((other) => conformed(one, other)))];

describe(`${count("duckdb")} random streams on duckdb, seed ${seed}`, () => {
  const streams = numbered(sampleStreams(count("duckdb"), seed));
  let warehouse: TestedWarehouse;
  let lasted = 0;
  beforeAll(async () => {
    warehouse = await startWarehouse("duckdb");
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
  });

  it("F6, X9: change in the rows of one day alone where a sale of that day comes late", async () => {
    await warehouse.run(["insert into raw_till.sales values (5000, 7, '2026-10-05 12:00:00+00', '2026-10-05', '2026-10-05', null, null, null, 4, 'late', null)"]);
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
    const without = (schema: string, entity: string) => `(select ${entity}_closed_key, member_id, label, city, price, valid_from, valid_to from ${schema}.dim_${entity}_closed where ${entity}_closed_key not in ('-1', '-2')) as spans`;
    expect(await violations(warehouse, ["state", "log"].map((entity) => sameRows("K16", without("marts", entity), without("kept", entity))))).toEqual([]);
  });
});
