import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, summary, violations } from "../comparison.ts";
import { DIMENSIONS, FACTS } from "../tested.ts";
import { factInvariants } from "../fact-invariants.ts";
import { DERIVED_INVARIANTS } from "../derived/invariants.ts";
import { dimensionInvariants, sameRows } from "../invariants.ts";
import { BATCHES, sampleStreams } from "../streams.ts";
import { numbered, seed, sweeps } from "../sweep.ts";
import { plantBeside, replaceIn, startWarehouse } from "../tested-warehouse.ts";
import type { TestedWarehouse } from "../tested-warehouse.ts";

const LAST = BATCHES - 1;
/** What shows a fault may be rare: a sweep, whose seed may be any, has enough of all. */
const streams = numbered(sampleStreams(sweeps ? 300 : 60, seed + 1));
const invariants = [...DERIVED_INVARIANTS, ...DIMENSIONS.flatMap(dimensionInvariants), ...FACTS.flatMap(factInvariants)];

/** Loads in another order; tables of current rows hold the last one. */
const SHUFFLED = [7, 2, 8, 0, 5, 1, 6, 4, 3, LAST];

/** Dimensions that work out only the members of whom their log tells something new, or otherwise than by the definition they were made by. */
const MERGED = ["dim_log_ignored", "dim_log_buried", "dim_log_seen"];

interface Fault {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The table in which it must show; no other fault touches that one. */
  readonly table: string;
}

const versions = (entity: string) => `dbt/models/intermediate/core/int_${entity}_versioned.sql`;
const dimension = (entity: string) => `dbt/models/marts/core/dim_${entity}.sql`;
const fact = (name: string) => `dbt/models/marts/core/fct_${name}.sql`;
const bridge = (name: string) => `dbt/models/marts/core/bridge_${name}.sql`;
const mart = (name: string) => `dbt/models/reports/core/mrt_${name}.sql`;

/** One fault of each class that a generator might have; the text must be there for the fault to be. All are planted at once, each in a table of its own. */
const faults: readonly Fault[] = [
  { name: "a dropped tie-break", file: dimension("log_ignored"), from: "change_number desc nulls last,", to: "", table: "dim_log_ignored" },
  { name: "ties in another order", file: versions("extract_mixed"), from: "label desc nulls last,", to: "", table: "dim_extract_mixed" },
  { name: "a forgotten deduplication", file: versions("log_mixed"), from: "where row_rank = 1", to: "where row_rank >= 1", table: "dim_log_mixed" },
  { name: "a comparison that loses NULL", file: dimension("log_buried"), from: "previous_hash is distinct from version_hash", to: "previous_hash <> version_hash", table: "dim_log_buried" },
  { name: "a deletion taken for a change", file: dimension("log_seen"), from: "where not spans.is_deleted", to: "", table: "dim_log_seen" },
  { name: "a key that two versions share", file: dimension("log_inferred"), from: "when valid_from = cast('1900-01-01' as timestamp)", to: "when 1 = 0", table: "dim_log_inferred" },
  { name: "an absence that nobody notices", file: versions("extract_inferred"), from: "next_seen_at is distinct from next_extract_at", to: "next_seen_at > next_extract_at", table: "dim_extract_inferred" },
  { name: "a band with a closed end", file: versions("log_profile_history"), from: "price < 1.05", to: "price < 1", table: "dim_log_profile_history" },
  { name: "a place that cuts no version", file: versions("log_placed"), from: "spanned.event_effective_at < followed.valid_from", to: "false", table: "dim_log_placed" },
  { name: "a place that is never gone", file: versions("log_listed"), from: "followed.next_valid_from is distinct from followed.valid_to", to: "false", table: "dim_log_listed" },
  { name: "<= for < at the end of a version", file: fact("sales_starts"), from: "< log_closed.valid_to", to: "<= log_closed.valid_to", table: "fct_sales_starts" },
  { name: "> for >= at the beginning of a version", file: fact("sales_ends"), from: "> log_closed.valid_from", to: ">= log_closed.valid_from", table: "fct_sales_ends" },
  { name: "a merge that leaves corrections out", file: fact("sales_merged"), from: "or final.amount is distinct from stored.amount", to: "", table: "fct_sales_merged" },
  { name: "an append that appends everything", file: fact("visits"), from: "where stored.visits_key is null", to: "", table: "fct_visits" },
  { name: "a reading of the wrong end", file: fact("extract_weeks"), from: "extract_date desc nulls last", to: "extract_date asc nulls last", table: "fct_extract_weeks" },
  { name: "a balance of each period alone", file: fact("state_weeks"), from: "partition by member_id\n                order by period_start", to: "partition by member_id, period_start", table: "fct_state_weeks" },
  { name: "a period that is still open", file: fact("log_days"), from: "max(period_start) - 1 as", to: "max(period_start) as", table: "fct_log_days" },
  { name: "a milestone counted in UTC", file: fact("log_progress"), from: "at time zone 'Europe/Oslo'", to: "at time zone 'UTC'", table: "fct_log_progress" },
  { name: "a deleted order that stays", file: "dbt/models/intermediate/extract/int_extract__orders_current.sql", from: "extract_date = last_extract", to: "extract_date <= last_extract", table: "fct_extract_progress" },
  { name: "a group that has nobody and is lost", file: bridge("state_shares"), from: "left join memberships", to: "inner join memberships", table: "bridge_state_shares" },
  { name: "somebody who stays a moment too long", file: bridge("log_times"), from: "spans.starts_at < memberships.valid_to", to: "spans.starts_at <= memberships.valid_to", table: "bridge_log_times" },
  { name: "a member that goes and is not missed", file: bridge("extract_times"), from: "and memberships.valid_from < extract_inferred.valid_to", to: "and 1 = 0", table: "bridge_extract_times" },
  { name: "a tree of all versions", file: bridge("extract_tree"), from: "where row_rank = 1", to: "where row_rank >= 1", table: "bridge_extract_tree" },
  { name: "a key of which one part is not asked", file: bridge("state_stakes"), from: "on state_site.site_a = memberships.group_site_a\n        and state_site.site_b", to: "on state_site.site_b", table: "bridge_state_stakes" },
  { name: "a member of whose key one part is not asked", file: bridge("log_stakes"), from: "and memberships.member_part_b = log_seen.part_b", to: "", table: "bridge_log_stakes" },
  { name: "a parent of whose key one part is not asked", file: bridge("state_site_tree"), from: "and child.above_b = parent.site_b", to: "", table: "bridge_state_site_tree" },
  { name: "a parent that stays a moment too long", file: bridge("log_site_tree"), from: "spans.starts_at < walked.valid_to", to: "spans.starts_at <= walked.valid_to", table: "bridge_log_site_tree" },
  { name: "a place that lay above itself", file: bridge("state_tree_then"), from: "and child.member_key <> parent.member_key", to: "", table: "bridge_state_tree_then" },
  { name: "a parent that is gone and still there", file: bridge("extract_tree_then"), from: "where not is_deleted", to: "", table: "bridge_extract_tree_then" },
  { name: "a place that lies above itself", file: bridge("log_tree"), from: "and child.log_place_key <> parent.log_place_key", to: "", table: "bridge_log_tree" },
  { name: "a fact that is older than all versions", file: fact("stops"), from: "0001-01-01", to: "1900-01-01", table: "fct_stops" },
  { name: "a filter with a closed end", file: fact("stop_days"), from: "amount > 0", to: "amount >= 0", table: "fct_stop_days" },
  { name: "an event that counts because it came last", file: fact("order_steps"), from: "event_number desc nulls last,", to: "", table: "fct_order_steps" },
  { name: "a balance that is summed over time", file: mart("till_months"), from: "when date_key = last_date_key then", to: "when date_key > 0 then", table: "mrt_till_months" },
  { name: "a day too few in a moving sum", file: mart("best_days"), from: "interval '2 days'", to: "interval '1 days'", table: "mrt_best_days" },
  { name: "a balance that is shared and then summed over time", file: mart("balances"), from: "when date_key = last_date_key then shared_closing", to: "when date_key > 0 then shared_closing", table: "mrt_balances" },
  { name: "a balance of who has left", file: mart("balances_then"), from: "over (partition by days.month) as last_date_key", to: "over (partition by place_weeks_bridged.till_number, log_closed.member_id, days.month) as last_date_key", table: "mrt_balances_then" },
  { name: "a least balance of one place alone", file: mart("balances_above"), from: "min(lowest_of_day)", to: "min(lowest)", table: "mrt_balances_above" },
  { name: "a time read in the zone of the session", file: "dbt/models/staging/log/stg_log__bills.sql", from: '{{ strict_timestamp_in("billed_at", "Europe/Oslo") }}', to: "cast(billed_at as timestamp)", table: "fct_log_months" },
  { name: "a share that is forgotten", file: mart("shared"), from: "stops.amount * log_shares.weighting_factor", to: "stops.amount", table: "mrt_shared" },
  { name: "a mean of means", file: mart("tills"), from: "sum(stops.amount) / nullif(sum(stops.paid_count), 0)", to: "avg(stops.amount / nullif(stops.paid_count, 0))", table: "mrt_tills" },
];

describe("all loads at once, in another order and another time zone", () => {
  let warehouse: TestedWarehouse;
  beforeAll(async () => {
    warehouse = await startWarehouse("duckdb", (project) => {
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

  it("and each of the faults that a generator might have is told in the table where it is", async () => {
    for (const { file, from, to } of faults) replaceIn(warehouse.project, file, from, to);
    // As if all had been loaded before they were corrected.
    await warehouse.run(["update marts.fct_sales_merged set amount = 0.05", ...MERGED.map((table) => `update marts.${table} set definition_hash = ''`)]);
    plantBeside(warehouse.project, mart("shared_then"), "mrt_shared_then_faulty", "when stops.log_place_key = '-2'", "when 1 = 0");
    const models = faults.flatMap(({ file, table }) => [file.replace(/.*\/|\.sql$/g, ""), table]);
    await warehouse.build(LAST, ["--select", "mrt_shared_then", "mrt_shared_then_faulty", ...new Set(models)]);
    const differing = new Set((await differences(warehouse, streams, [LAST])).map((one) => one.table));
    expect(faults.filter(({ table }) => !differing.has(table)).map((one) => one.name)).toEqual([]);
    // What it reads has a fault of its own, so it is compared with what is right besides.
    const touched = (mart: string) => `(select till_number, member_id, city, amount_touched from marts.${mart}) as shown`;
    expect(await violations(warehouse, [sameRows("nobody taken for somebody unknown", touched("mrt_shared_then_faulty"), touched("mrt_shared_then"))])).toHaveLength(1);
  });

  it.each([
    { name: "a missing separator in the key", file: "dbt/macros/surrogate_key.sql", from: "length(\" ~ part ~ \") || ':' || ", to: "", table: "dim_log_kept" },
    { name: "a clock that is the warehouse's", file: "dbt/macros/snapshot_get_time.sql", from: "var('as_of_run', none)", to: "none", table: "dim_state_closed" },
  ])("and $name is told", async ({ file, from, to, table }) => {
    replaceIn(warehouse.project, file, from, to);
    await warehouse.run(["drop schema if exists history cascade"]);
    await warehouse.build(LAST, ["--select", `+${table}`]);
    expect(await differences(warehouse, streams, [LAST], (one) => one === table)).not.toEqual([]);
  });
});
