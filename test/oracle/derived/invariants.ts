import { both } from "../invariants.ts";
import type { Invariant } from "../invariants.ts";

const EQUAL = [
  { bridge: "state_shares", group: "state_place", key: "state_place_durable_key", member: "state_plain_key", timed: false },
  { bridge: "state_times", group: "state_place", key: "state_place_durable_key", member: "state_plain_key", timed: true },
  { bridge: "extract_times", group: "extract_place", key: "extract_place_durable_key", member: "extract_inferred_key", timed: true },
] as const;

const TREES = [["log_tree", "log_place", "log_place_key"], ["state_tree", "state_place", "state_place_durable_key"], ["extract_tree", "extract_place", "extract_place_durable_key"]] as const;

/** Tills that somebody below whom a circle begins sold at: a level means nothing there. */
const CIRCLES = "select floor(cast(place_id as double precision) / 8) from marts.bridge_log_tree as pair inner join marts.dim_log_place as place on pair.descendant_log_place_key = place.log_place_key where depth = 0 and descendant_log_place_key <> ancestor_log_place_key";

/** What holds of tables that are made of others, whatever the streams: shares add up, time has no gaps, nothing is lost on the way to a mart. */
export const DERIVED_INVARIANTS: readonly Invariant[] = [
  ...EQUAL.flatMap(({ bridge, group, key, member, timed }): readonly Invariant[] => {
    const span = timed ? ", valid_from" : "";
    return [
      { name: `B1 a pair stands once in bridge_${bridge}`, sql: `select ${key}, ${member}${span} from marts.bridge_${bridge} group by ${key}, ${member}${span} having count(*) > 1` },
      { name: `B2 equal shares add up in bridge_${bridge}`, sql: `select everyone.${key} from (select distinct ${key} from marts.dim_${group}) as everyone left join marts.bridge_${bridge} as bridge on everyone.${key} = bridge.${key} group by everyone.${key}${span} having abs(coalesce(sum(weighting_factor), 0) - 1) > 1e-6` },
    ];
  }),
  ...EQUAL.filter((one) => one.timed).map(({ bridge, key }) => gaps(bridge, key)),
  gaps("log_times", "log_place_key"),
  ...TREES.map(([bridge, place, key]): Invariant => ({ name: `B3 everybody is in bridge_${bridge} with itself`, sql: `select everyone.${key} from (select distinct ${key} from marts.dim_${place}) as everyone where not exists (select 1 from marts.bridge_${bridge} as pair inner join marts.dim_${place} as above on pair.ancestor_${place}_key = above.${place}_key where pair.descendant_${key} = everyone.${key} and above.${key} = everyone.${key} and pair.depth = 0)` })),
  ...["shared_alike", "shared_alike_then"].map((mart): Invariant => ({ name: `F7 mrt_${mart} adds up to its fact`, sql: totals(`marts.mrt_${mart}`, "amount, stop_count", "") })),
  { name: "F7 mrt_second_level adds up to its fact", sql: totals("marts.mrt_second_level", "amount, stop_count", ` where till_number not in (${CIRCLES})`) },
  { name: "F7 a roll-up adds up to its fact", sql: totals("marts.fct_stop_days", "amount, stop_count", "") },
  { name: "F8 what is not marked is what the source holds", sql: both("select order_id from marts.fct_orders_kept where not is_deleted", "select distinct order_id from raw_state.orders") },
  { name: "F8 entries add up to what the source holds", sql: both("select order_id, sum(order_count) as order_count, coalesce(sum(amount), 0) as amount from marts.fct_orders_booked group by order_id having sum(order_count) <> 0", "select order_id, 1 as order_count, coalesce(amount, 0) as amount from marts.fct_state_swapped") },
  { name: "F8 entries count from one", sql: "select order_id from marts.fct_orders_booked group by order_id having min(entry_number) <> 1 or max(entry_number) <> count(*) or count(distinct entry_number) <> count(*)" },
];

/** The spans of a group begin at the beginning, follow each other, and end never. */
function gaps(bridge: string, key: string): Invariant {
  const spans = `(select ${key}, valid_from, max(valid_to) as valid_to, count(distinct valid_to) as ends from marts.bridge_${bridge} group by ${key}, valid_from) as spans`;
  const followed = `(select *, lead(valid_from) over (partition by ${key} order by valid_from) as next_from, lag(valid_from) over (partition by ${key} order by valid_from) as previous_from from ${spans}) as followed`;
  return { name: `B4 time has no gaps in bridge_${bridge}`, sql: `select * from ${followed} where ends <> 1 or valid_to <= valid_from or valid_to <> coalesce(next_from, timestamp '9999-12-31') or (previous_from is null and valid_from > timestamp '1900-01-01')` };
}

/** Tills whose sums differ from those of the stops there. */
function totals(table: string, columns: string, where: string): string {
  const sums = (one: string) => one.split(", ").map((column) => `coalesce(sum(${column}), 0) as ${column}`).join(", ");
  const facts = `(select till_number, coalesce(sum(amount), 0) as amount, count(*) as stop_count from marts.fct_stops${where} group by till_number) as wanted`;
  return `select * from ${facts} left join (select till_number as till, ${sums(columns)} from ${table} group by till_number) as found on wanted.till_number = found.till where till is null or abs(found.amount - wanted.amount) > 1e-4 or abs(found.stop_count - wanted.stop_count) > 1e-4`;
}
