import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary, violations } from "../comparison.ts";
import { DIMENSIONS, FACTS } from "../expectation.ts";
import { dimensionInvariants, factInvariants } from "../invariants.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { numbered, seed } from "../sweep.ts";
import { replaceIn, startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

const LAST = BATCHES - 1;
const streams = numbered(sampleStreams(60, seed + 1));
const invariants = [...DIMENSIONS.flatMap(dimensionInvariants), ...FACTS.flatMap(factInvariants)];

/** Loads in another order; tables of current rows hold the last one. */
const SHUFFLED = [7, 2, 8, 0, 5, 1, 6, 4, 3, LAST];

interface Fault {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What is built again with the fault. */
  readonly models: string;
}

const versions = "dbt/models/intermediate/core/int_log_closed_versioned.sql";
const sales = "dbt/models/marts/core/fct_sales.sql";

/** One fault of each class that a generator might have; the text must be there for the fault to be. */
const faults: readonly Fault[] = [
  { name: "a dropped tie-break", file: versions, from: "event_sequence_1 desc nulls last,", to: "", models: "int_log_closed_versioned dim_log_closed" },
  { name: "a forgotten deduplication", file: versions, from: "where row_rank = 1", to: "where row_rank >= 1", models: "int_log_closed_versioned dim_log_closed" },
  { name: "a comparison that loses NULL", file: versions, from: "previous_hash is distinct from version_hash", to: "previous_hash <> version_hash", models: "int_log_closed_versioned dim_log_closed" },
  { name: "a hash that takes NULL for an empty text", file: "dbt/macros/surrogate_key.sql", from: "\", '~')\"", to: "\", '0:')\"", models: "int_log_closed_versioned dim_log_closed" },
  { name: "<= for < at the end of a version", file: sales, from: "sold_at < log_closed.valid_to", to: "sold_at <= log_closed.valid_to", models: "fct_sales" },
  { name: "> for >= at the beginning of a version", file: sales, from: "sold_at >= log_closed.valid_from", to: "sold_at > log_closed.valid_from", models: "fct_sales" },
  { name: "a missing separator in the key", file: "dbt/macros/surrogate_key.sql", from: "length(\" ~ part ~ \") || ':' || ", to: "", models: "dim_log_pair fct_sales" },
  { name: "a deletion taken for a change", file: versions, from: "where not spans.is_deleted", to: "", models: "int_log_closed_versioned dim_log_closed" },
  { name: "an absence that nobody notices", file: "dbt/models/intermediate/core/int_extract_closed_versioned.sql", from: "next_seen_at is distinct from next_extract_at", to: "next_seen_at > next_extract_at", models: "int_extract_closed_versioned dim_extract_closed" },
];

describe("all loads at once, in another order and another time zone", () => {
  let warehouse: TestedWarehouse;
  beforeAll(async () => {
    warehouse = await startWarehouse("duckdb", (project) => {
      replaceIn(project, "dbt/profiles.yml", "TimeZone: UTC", "TimeZone: Pacific/Auckland");
      // The generated constraints would refuse some of the faults before the oracle sees them.
      replaceIn(project, "dbt/models/marts/core/_core__models.yml", "enforced: true", "enforced: false");
    });
    for (const load of SHUFFLED) await warehouse.bring(streams, load);
    await warehouse.build(LAST);
  });
  afterAll(() => warehouse?.stop());

  const told = async () => [summary(await differences(warehouse, streams, [LAST])), ...(await violations(warehouse, invariants))].filter((line) => line !== "");

  it("D15, D16, D19, F5: give what the same loads give one by one", async () => {
    expect(await told()).toEqual([]);
  });

  it.each(faults)("and $name is told", async ({ file, from, to, models }) => {
    const undo = replaceIn(warehouse.project, file, from, to);
    await warehouse.build(LAST, ["--select", ...models.split(" ")]);
    const found = await told();
    undo();
    await warehouse.build(LAST, ["--select", ...models.split(" ")]);
    expect(found).not.toEqual([]);
  });

  it("and a snapshot that asks the warehouse for the time is told", async () => {
    const undo = replaceIn(warehouse.project, "dbt/macros/snapshot_get_time.sql", "var('as_of_run', none)", "none");
    await warehouse.run(["drop schema history cascade"]);
    await warehouse.build(LAST, ["--select", "+dim_state_closed"]);
    const found = await told();
    undo();
    expect(found).not.toEqual([]);
  });
});
