import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary, violations } from "../comparison.ts";
import { DIMENSIONS, FACTS } from "../tested.ts";
import { factInvariants } from "../fact-invariants.ts";
import { DERIVED_INVARIANTS } from "../derived/invariants.ts";
import { dimensionInvariants } from "../invariants.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { count, numbered, seed, sweeps } from "../sweep.ts";
import { startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

/** Every load has its run in a sweep; else some are left out, as when a run was missed (X2). */
const RUNS = sweeps ? Array.from({ length: BATCHES }, (_, load) => load) : [1, 5, 9];

const invariants = [...DERIVED_INVARIANTS, ...DIMENSIONS.flatMap(dimensionInvariants), ...FACTS.flatMap(factInvariants)];

describe(`${count("postgres")} random streams on PostgreSQL in another time zone, date format and language, seed ${seed}`, () => {
  const streams = numbered(sampleStreams(count("postgres"), seed + 2));
  let warehouse: TestedWarehouse;
  beforeAll(async () => {
    warehouse = await startWarehouse("postgres", () => {}, { PGTZ: "Pacific/Auckland", PGDATESTYLE: "SQL, DMY" }, "tr-TR");
  });
  afterAll(() => warehouse?.stop());

  it.each(RUNS)("are in the warehouse after load %i as the interpreter says", async (load) => {
    const runs = RUNS.filter((run) => run <= load);
    for (let next = (runs.at(-2) ?? -1) + 1; next <= load; next++) await warehouse.bring(streams, next);
    await warehouse.build(load);
    expect(summary(await differences(warehouse, streams, runs))).toBe("");
    expect(await violations(warehouse, invariants)).toEqual([]);
  });
});
