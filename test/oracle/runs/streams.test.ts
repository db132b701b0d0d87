import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary, violations } from "../comparison.ts";
import { DIMENSIONS, FACTS } from "../tested.ts";
import { factInvariants } from "../fact-invariants.ts";
import { dimensionInvariants, immutable, sameRows } from "../invariants.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { count, numbered, plainest, seed, sweeps } from "../sweep.ts";
import { startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

/** dbt is killed in this load, and run again. */
const KILLED = 4;
const COPIED = 6;

const versioned = DIMENSIONS.filter((one) => one.kind === "state" && one.dimension.type === 2);
const tables = [...DIMENSIONS, ...FACTS].map((one) => one.name);
const invariants = [...DIMENSIONS.flatMap(dimensionInvariants), ...FACTS.flatMap(factInvariants)];

describe(`${count("duckdb")} random streams on duckdb, seed ${seed}`, () => {
  const streams = numbered(sampleStreams(count("duckdb"), seed));
  let warehouse: TestedWarehouse;
  let lasted = 0;
  beforeAll(async () => {
    warehouse = await startWarehouse("duckdb");
    await warehouse.run(["create schema kept"]);
  });
  afterAll(() => warehouse?.stop());

  it.each(Array.from({ length: BATCHES }, (_, load) => load))("are in the warehouse after load %i as the interpreter says", async (load) => {
    await warehouse.bring(streams, load);
    if (load === KILLED) await warehouse.kill(load, lasted * 0.6);
    const started = performance.now();
    await warehouse.build(load);
    lasted = performance.now() - started;
    const runs = Array.from({ length: load + 1 }, (_, run) => run);
    const found = await differences(warehouse, streams, runs);
    if (found.length > 0) expect.fail(`${summary(found)}\n${sweeps ? await plainest(found, streams, runs) : ""}`);
    expect(await violations(warehouse, invariants)).toEqual([]);
    if (load === COPIED) await warehouse.run(versioned.map(({ name }) => `create table kept.${name}_closed as select * from marts.${name}`));
  });

  it("D14: keep ended versions of snapshots as they were", async () => {
    expect(await violations(warehouse, versioned.map((one) => immutable(one, `kept.${one.name}_closed`)))).toEqual([]);
  });

  it("D13, F4: are the same after the last run has run again", async () => {
    await warehouse.run(tables.map((name) => `create table kept.${name} as select * from marts.${name}`));
    await warehouse.build(BATCHES - 1);
    expect(await violations(warehouse, tables.map((name) => sameRows("D13", `marts.${name}`, `kept.${name}`)))).toEqual([]);
  });
});
