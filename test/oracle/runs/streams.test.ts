import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary } from "../comparison.ts";
import type { Streams } from "../landing.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

const count = Number(process.env["ORACLE_STREAMS"] ?? 100);
const seed = Number(process.env["ORACLE_SEED"] ?? 20261121);

describe(`${count} random streams on duckdb`, () => {
  const streams: Streams = new Map(sampleStreams(count, seed).map((stream, position) => [position + 1, stream]));
  let warehouse: TestedWarehouse;
  beforeAll(async () => {
    warehouse = await startWarehouse("duckdb");
  });
  afterAll(() => warehouse?.stop());

  it.each(Array.from({ length: BATCHES }, (_, load) => load))("hold after load %i what the interpreter says", async (load) => {
    await warehouse.bring(streams, load);
    await warehouse.build(load);
    expect(summary(await differences(warehouse, streams, load))).toBe("");
  });
});
