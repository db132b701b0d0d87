import { both } from "./invariants.ts";
import type { Invariant } from "./invariants.ts";
import { keyOfTable } from "./tested.ts";
import type { TestedFact } from "./tested.ts";

const ACCEPTED = "(select sale_id, amount, row_number() over (partition by sale_id order by row_number desc) as place from raw_till.sales)";

/** What holds of every fact table: its grain, its references, and what its kind promises. */
export function factInvariants(fact: TestedFact): readonly Invariant[] {
  const table = `marts.${fact.name}`;
  const grain = fact.rows === "periods" ? "member_id, period_end" : fact.id;
  const never = fact.rows === "periods" ? "period_end" : fact.id;
  return [
    { name: "F1 the grain is unique and never NULL", sql: `select ${grain} from ${table} group by ${grain} having count(*) > 1 or max(case when ${never} is null then 1 else 0 end) = 1` },
    ...fact.keys.map((one) => {
      const { name } = "combinations" in one ? one.combinations : one.dimension;
      const key = keyOfTable(name);
      return { name: `F3 every ${key} resolves once`, sql: `select ${key} from ${table} where ${key} is null union all select ${key} from (select distinct ${key} from ${table}) as used left join (select ${key} as member_key from marts.${name}) as member on used.${key} = member.member_key group by ${key} having count(member_key) <> 1` };
    }),
    ...kindInvariants(fact, table),
  ];
}

function kindInvariants(fact: TestedFact, table: string): readonly Invariant[] {
  switch (fact.rows) {
    case "sales":
    case "stops":
      return [
        { name: "F2 there are as many rows as accepted source rows", sql: `select 1 as differs where (select count(*) from ${table}) <> (select count(distinct sale_id) from raw_till.sales)` },
        { name: "F7 amounts are those of the source", sql: both(`select sale_id, amount from ${table}`, `select sale_id, amount from ${ACCEPTED} as ranked where place = 1`) },
      ];
    case "swapped":
      return [{ name: "F8 orders are those that the source still holds", sql: both(`select order_id from ${table}`, living(fact)) }];
    case "steps":
      return [{ name: "F2 there is a row for every order that events tell of", sql: both(`select order_id from ${table}`, "select distinct order_id from raw_till.events") }, ...lagInvariants(table)];
    case "visits":
      return [{ name: "F2 there are the rows of the source", sql: both(`select visit_id, pages from ${table}`, "select visit_id, pages from raw_till.visits") }];
    case "progress":
      return progressInvariants(fact, table);
    case "periods":
      return periodInvariants(fact, table);
    default:
      throw new Error(`unknown rows ${String(fact.rows satisfies never)}`);
  }
}

/** The orders that a source holds now. */
function living({ kind }: TestedFact): string {
  return {
    state: "select distinct order_id from raw_state.orders",
    extract: "select distinct order_id from raw_extract.orders where extract_date = (select max(extract_date) from raw_extract.orders)",
    log: `select order_id from (select order_id, op, changed_at, change_number, row_number() over (partition by order_id order by changed_at desc, change_number desc, op asc) as place from raw_log.orders) as ranked where place = 1 and op <> 'D'`,
    till: "select 0 where false",
  }[kind];
}

/** F8: what the source deleted is gone. */
function progressInvariants(fact: TestedFact, table: string): readonly Invariant[] {
  return [{ name: "F8 orders are those that the source still holds", sql: both(`select order_id from ${table}`, living(fact)) }, ...lagInvariants(table)];
}

/** F10: a lag is there where both its milestones are, and never in days that the keys deny. */
function lagInvariants(table: string): readonly Invariant[] {
  return [
    { name: "F10 a lag is there where both milestones are", sql: `select order_id from ${table} where (ordered_to_packed_days is null) <> (ordered_date_key = -2 or packed_date_key = -2) or (ordered_to_shipped_hours is null) <> (ordered_date_key = -2 or shipped_date_key = -2)` },
    { name: "F10 a lag has the sign of its days", sql: `select order_id from ${table} where ordered_date_key > 0 and packed_date_key > 0 and sign(ordered_to_packed_days) <> sign(packed_date_key - ordered_date_key)` },
  ];
}

/** F9: periods follow each other without a gap, to the same last one for everybody; a balance grows by what is paid. */
function periodInvariants({ period, id }: TestedFact, table: string): readonly Invariant[] {
  const followed = `(select *, lead(period_end) over (partition by ${id} order by period_end) as next_end, max(period_end) over () as last_end from ${table}) as followed`;
  const next = { day: "period_end + 1", week: "period_end + 7", month: "cast(date_trunc('month', period_end + 1) + interval '1 month' as date) - 1" }[period?.length ?? "day"];
  const before = `(select *, lag(balance) over (partition by ${id} order by period_end) as balance_before from ${table}) as moved`;
  const carried = `(select *, lag(reading) over (partition by ${id} order by period_end) as reading_before from ${table}) as carried`;
  return [
    { name: "F9 no period is missing", sql: `select ${id}, period_end from ${followed} where next_end is not null and cast(next_end as date) <> cast(${next} as date)` },
    { name: "F9 everybody has the last period", sql: `select ${id}, period_end from ${followed} where next_end is null and period_end <> last_end` },
    ...(period?.holds === "readings" ? [] : [{ name: "F9 a balance is the one before and what was paid", sql: `select ${id}, period_end from ${before} where balance <> coalesce(balance_before, 0) + paid` }]),
    ...(period?.holds === "sums" ? [] : [{ name: "F9 a reading does not get lost", sql: `select ${id}, period_end from ${carried} where reading is null and reading_before is not null` }]),
  ];
}

/** F6: between a table and a copy of it only rows of one day differ. */
export function changedOnly(table: string, copy: string, day: string): Invariant {
  return { name: "F6 only rows of that day changed", sql: `select * from (${both(`select * from ${table}`, `select * from ${copy}`)}) as changed where not (${day})` };
}

/** F12: two facts point with the same key to what the same sale names. */
export function conformed(one: TestedFact, other: TestedFact): readonly Invariant[] {
  const keys = (fact: TestedFact) => fact.keys.flatMap((key) => ("dimension" in key ? [keyOfTable(key.dimension.name)] : []));
  return keys(one).filter((key) => keys(other).includes(key)).map((key) => ({ name: `F12 ${key} is the same in both`, sql: `select left_fact.sale_id from marts.${one.name} as left_fact inner join marts.${other.name} as right_fact on left_fact.sale_id = right_fact.sale_id where left_fact.${key} <> right_fact.${key}` }));
}
