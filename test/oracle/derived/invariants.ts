import { both } from "../invariants.ts";
import type { Invariant } from "../invariants.ts";

const EQUAL = [
  { bridge: "state_shares", group: "state_place", key: "state_place_durable_key", member: "state_plain_key", timed: false },
  { bridge: "state_times", group: "state_place", key: "state_place_durable_key", member: "state_plain_key", timed: true },
  { bridge: "extract_times", group: "extract_place", key: "extract_place_durable_key", member: "extract_inferred_key", timed: true },
  { bridge: "state_stakes", group: "state_site", key: "state_site_key", member: "state_kept_key", timed: false },
  { bridge: "log_stakes", group: "log_site", key: "log_site_durable_key", member: "log_seen_key", timed: true },
] as const;

const TREES = [["log_tree", "log_place", "log_place_key"], ["state_tree", "state_place", "state_place_durable_key"], ["extract_tree", "extract_place", "extract_place_durable_key"], ["state_site_tree", "state_site", "state_site_key"]] as const;

/** Hierarchies over time: who is there, and whom a version names above it. */
const PAST_TREES = [
  { bridge: "state_tree_then", place: "state_place", there: "true", named: "child.above_id = parent.place_id" },
  { bridge: "extract_tree_then", place: "extract_place", there: "not is_deleted", named: "child.above_id = parent.place_id" },
  { bridge: "log_site_tree", place: "log_site", there: "true", named: "child.above_a = parent.site_a and child.above_b = parent.site_b" },
] as const;

const CLICK = "click_id, seconds, clicked_at, log_closed_key, source_loaded_at";

/** Tills that somebody below whom a circle begins, or began, sold at: a level means nothing there. */
const CIRCLES_THEN = "select floor(cast(place_id as double precision) / 8) from marts.bridge_state_tree_then as pair inner join marts.dim_state_place as place on pair.ancestor_state_place_key = place.state_place_key where depth = 0 and descendant_state_place_durable_key <> state_place_durable_key";
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
  ...PAST_TREES.flatMap(pastTree),
  ...["shared_alike", "shared_alike_then", "staked", "staked_then"].map((mart): Invariant => ({ name: `F7 mrt_${mart} adds up to its fact`, sql: totals(`marts.mrt_${mart}`, "amount, stop_count", "") })),
  { name: "F7 mrt_second_level adds up to its fact", sql: totals("marts.mrt_second_level", "amount, stop_count", ` where till_number not in (${CIRCLES})`) },
  { name: "F7 mrt_second_level_then adds up to its fact", sql: totals("marts.mrt_second_level_then", "amount, stop_count", ` where till_number not in (${CIRCLES_THEN})`) },
  { name: "F11 balances that are shared add up to those of the last day", sql: closings() },
  { name: "X3 clicks are the same however their window is written", sql: both(`select ${CLICK} from marts.fct_clicks`, `select ${CLICK} from marts.fct_clicks_replaced`) },
  { name: "X3 visits of the window are there, once, and no others than the source has", sql: recentVisits() },
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

/** Everybody who is there lies above itself, and below whom it names; its spans follow each other. */
function pastTree({ bridge, place, there, named }: (typeof PAST_TREES)[number]): readonly Invariant[] {
  const [below, above] = [`${place}_durable_key`, `${place}_key`];
  const pair = (child: string, parent: string, at: string, depths: string) => `not exists (select 1 from marts.bridge_${bridge} as pair where pair.descendant_${below} = ${child}.${below} and pair.ancestor_${above} = ${parent}.${above} and pair.depth in (${depths}) and pair.valid_from <= ${at} and ${at} < pair.valid_to)`;
  const versions = `(select * from marts.dim_${place} where ${there})`;
  const start = "case when child.valid_from < parent.valid_from then parent.valid_from else child.valid_from end";
  const family = `(select child.${below}, parent.${above}, ${start} as starts_at from ${versions} as child inner join ${versions} as parent on ${named} and child.${below} <> parent.${below} and child.valid_from < parent.valid_to and parent.valid_from < child.valid_to)`;
  const spans = `(select descendant_${below}, valid_from, max(valid_to) as valid_to, count(distinct valid_to) as ends from marts.bridge_${bridge} group by descendant_${below}, valid_from) as spans`;
  const followed = `(select *, lead(valid_from) over (partition by descendant_${below} order by valid_from) as next_from from ${spans}) as followed`;
  return [
    { name: `B3 every version is in bridge_${bridge} with itself`, sql: `select own.${above} from ${versions} as own where ${pair("own", "own", "own.valid_from", "0")}` },
    { name: `B4 spans do not overlap in bridge_${bridge}`, sql: `select * from ${followed} where ends <> 1 or valid_to <= valid_from or next_from < valid_to` },
    // In a circle all lie at one level.
    { name: `B5 whom a version names lies right above it in bridge_${bridge}`, sql: `select * from ${family} as family where ${pair("family", "family", "family.starts_at", "0, 1")}` },
  ];
}

/** Tills and months whose closing balances, added up over those who have shares, are not those of the last week. */
function closings(): string {
  const weeks = "(select *, extract(month from period_end) as in_month, max(date_key) over (partition by extract(month from period_end)) as last_key from marts.fct_place_weeks) as weeks";
  const wanted = `(select till_number, in_month, sum(closing) as amount from ${weeks} where date_key = last_key group by till_number, in_month) as wanted`;
  return `select * from ${wanted} left join (select till_number as till, month, coalesce(sum(closing), 0) as amount from marts.mrt_balances group by till_number, month) as found on wanted.till_number = found.till and wanted.in_month = found.month where till is null or abs(found.amount - wanted.amount) > 1e-4`;
}

function recentVisits(): string {
  const window = "(select max(source_loaded_at) from marts.fct_visits_recent) - interval '2 days'";
  const missing = `select visit_id from raw_till.visits where loaded_at is null or loaded_at at time zone 'UTC' >= ${window} except select visit_id from marts.fct_visits_recent`;
  const twice = "select visit_id from marts.fct_visits_recent group by visit_id having count(*) > 1";
  return `(${missing}) union all (${twice}) union all (select visit_id from marts.fct_visits_recent except select visit_id from raw_till.visits)`;
}

/** Tills whose sums differ from those of the stops there. */
function totals(table: string, columns: string, where: string): string {
  const sums = (one: string) => one.split(", ").map((column) => `coalesce(sum(${column}), 0) as ${column}`).join(", ");
  const facts = `(select till_number, coalesce(sum(amount), 0) as amount, count(*) as stop_count from marts.fct_stops${where} group by till_number) as wanted`;
  return `select * from ${facts} left join (select till_number as till, ${sums(columns)} from ${table} group by till_number) as found on wanted.till_number = found.till where till is null or abs(found.amount - wanted.amount) > 1e-4 or abs(found.stop_count - wanted.stop_count) > 1e-4`;
}
