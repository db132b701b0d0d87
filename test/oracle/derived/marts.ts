import { hashed } from "../expectation.ts";
import { dateKey, nobodysPeriods } from "../fact-rows.ts";
import type { FactRow } from "../fact-rows.ts";
import { grouped } from "../interpreter/groups.ts";
import { by, closed, count, distinct, greatest, groupsOf, least, sum, sumWhere } from "../interpreter/marts.ts";
import type { Aggregate, Counted } from "../interpreter/marts.ts";
import type { Key, Value } from "../interpreter/types.ts";
import type { Pointer, Simulated } from "../simulation.ts";
import { shifted, startOfDay } from "../sources.ts";
import { NOBODY } from "../streams.ts";
import { dimensionNamed, factNamed } from "../tested.ts";
import type { Led } from "./bridge.ts";
import { bridgeNamed } from "./bridges.ts";
import { cents, inEights, keyOfPointer, money, roughly, shown, shownRoughly } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";
import { keptOrders } from "./records.ts";
import { placeWeeks, tillWeeks } from "./weeks.ts";

/** A measure of a mart: its column, what it shows of the rows of a group, and how it is compared. */
type Shown = readonly [column: string, aggregate: Aggregate, as: "money" | "rough money" | "whole" | "roughly"];

const amount: Shown = ["amount", sum("amount"), "money"];
const meanPaid: Shown = ["mean_paid", by(sum("amount"), sum("paid")), "rough money"];
const stopCount: Shown = ["stop_count", count(null), "whole"];
const sharedAmount: Shown = ["amount", sum("amount", "shared"), "rough money"];
const sharedCount: Shown = ["stop_count", count(null, "shared"), "roughly"];
const touched: Shown = ["amount_touched", sum("amount"), "money"];

/** Marts of balances show their months last. */
const period = (group: Key): Value => group.at(-1) ?? null;

/** A balance closed in each way. */
function balances(shared: "shared" | "in full"): readonly Shown[] {
  const ways = [["closing", "last"], ["opening", "first"], ["usual", "mean"], ["lowest", "least"], ["highest", "greatest"]] as const;
  return ways.map(([column, how]) => [column, closed("balance", how, period, shared), shared === "shared" || how === "mean" ? "rough money" : "money"]);
}

/** The roll-up and all marts. */
export const MARTS: readonly Derived[] = [
  table("fct_stop_days", "till", ["till_number", "log_closed_key", "sold_date_key"], [stopCount, amount, ["greatest", greatest("amount"), "money"], ["positive_count", sum("positive"), "whole"]],
    (streams) => stops(streams, ({ stream, row }) => [till(stream), keyTo(stream, row, "dim_log_closed"), text(row.told[5] ?? null)])),
  mart("mrt_tills", "till", ["till_number"], [
    amount, stopCount, ["mean_amount", by(sum("amount"), count("amount")), "rough money"], ["least_amount", least("amount"), "money"], ["place_count", distinct("place"), "whole"],
    ["oslo_amount", sumWhere("amount", ({ numbers }) => numbers["oslo"] === 1), "money"], meanPaid,
  ], (streams) => stops(streams, ({ stream }) => [till(stream)])),
  bestDays(mart("mrt_best_days", "till", ["till_number", "date"], [amount, stopCount], (streams) => stops(streams, ({ stream, row }) => [till(stream), dateOf(row)]))),
  mart("mrt_till_months", "till", ["till_number", "month"], balances("in full"), (streams) => streams.flatMap((stream) => tillWeeks(stream).map(({ end, balance }) => counted([till(stream), monthOf(end)], { day: dateKey(end), balance: cents(balance) })))),
  mart("mrt_member_months", "member", ["member_id", "month"], [["reading", closed("reading", "last", period), "money"], ["balance", closed("balance", "last", period), "money"]], (streams) => {
    const rows = [...streams.flatMap((stream) => stream.rows("fct_state_weeks")), ...nobodysPeriods(factNamed("fct_state_weeks"), streams.map((one) => one.played))];
    return rows.map(({ told, on }) => counted([text(told[0] ?? null), monthOf(on ?? "")], { day: dateKey(on), balance: cents(text(told[6] ?? null)), reading: cents(text(told[7] ?? null)) }));
  }),
  mart("mrt_side_by_side", "member", ["member_id", "city"], [["stop_amount", orZero(sum("amount")), "money"], ["order_amount", orZero(sum("ordered")), "money"]], (streams) => [
    ...stops(streams, ({ to }) => attributes(to("dim_log_closed"), 1, "city")),
    ...streams.flatMap((stream) => stream.rows("fct_log_swapped").map((row) => counted(attributes(pointed(stream, row, "fct_log_swapped", "dim_log_closed"), 1, "city"), { ordered: cents(text(row.told[1] ?? null)) }))),
  ]),
  mart("mrt_places", "member", ["place_id", "street"], [["amount", orZero(sum("amount")), "money"], ["amount_count", count("amount"), "whole"]], (streams) => [
    ...stops(streams, ({ to }) => attributes(to("dim_log_place"), 1, "street")),
    ...streams.flatMap((stream) => stream.versions("dim_log_place").map((version) => counted(attributes(version, 1, "street"), {}))),
  ]),
  table("fct_order_days", "member", ["member_id", "ordered_date_key"], [["order_count", count(null), "whole"], amount],
    (streams) => orders(streams).filter(({ numbers }) => numbers["deleted"] === null).map((one) => ({ ...one, group: [...one.group, text(one.numbers["day"] ?? null)] }))),
  mart("mrt_orders", "member", ["member_id"], [amount, ["order_count", count(null), "whole"]], (streams) => orders(streams).filter(({ numbers }) => numbers["deleted"] === null)),
  mart("mrt_orders_ever", "member", ["member_id"], [amount, ["deleted_count", count("deleted"), "whole"]], orders),
  mart("mrt_shared", "till", ["till_number", "member_id", "label"], [
    sharedAmount, touched, sharedCount, ["mean_amount", by(sum("amount", "shared"), count("amount", "shared")), "rough money"], ["mean_paid", by(sum("amount", "shared"), sum("paid", "shared")), "rough money"],
  ], over("bridge_log_shares", "label")),
  mart("mrt_shared_alike", "till", ["till_number", "member_id", "label"], [sharedAmount, sharedCount], over("bridge_state_shares", "label")),
  mart("mrt_shared_then", "till", ["till_number", "member_id", "city"], [sharedAmount, touched], over("bridge_log_times", "city")),
  mart("mrt_shared_alike_then", "till", ["till_number", "member_id", "city"], [sharedAmount, sharedCount], over("bridge_extract_times", "city")),
  mart("mrt_staked", "till", ["till_number", "part_a", "part_b"], [sharedAmount, sharedCount], over("bridge_state_stakes", null)),
  mart("mrt_staked_then", "till", ["till_number", "part_a", "part_b"], [sharedAmount, sharedCount], over("bridge_log_stakes", null)),
  mart("mrt_balances", "till", ["till_number", "member_id", "month"], [...balances("shared"), ["closing_touched", closed("balance", "last", period), "money"]], balancesOver("bridge_state_shares")),
  mart("mrt_balances_then", "till", ["till_number", "member_id", "month"], balances("shared"), balancesOver("bridge_log_times")),
  mart("mrt_balances_above", "till", ["till_number", "place_id", "month"], balances("in full"), balancesOver("bridge_state_tree_then")),
  mart("mrt_second_level", "till", ["till_number", "place_id"], [amount, stopCount], over("bridge_log_tree", null, 2)),
  mart("mrt_branches", "till", ["till_number", "place_id"], [amount, stopCount], over("bridge_state_tree", null)),
  mart("mrt_second_level_then", "till", ["till_number", "place_id"], [amount, stopCount], over("bridge_state_tree_then", null, 2)),
  mart("mrt_branches_then", "till", ["till_number", "site_a", "site_b"], [amount, stopCount], over("bridge_log_site_tree", null)),
];

/** The two days of each till that sold most, with the sum of three days; days without a date, which are no days, last. */
function bestDays(all: Derived): Derived {
  const isWithin = (day: Value, other: Value) => (day === null || other === null ? day === other : shifted(day, -2) <= other && other <= day);
  return {
    ...all,
    cells: [...all.cells, shown("amount_rolling_3_day")],
    rows: (streams) => {
      const rows = all.rows(streams).map(([number, cells]) => ({ number, cells, till: cells[0] ?? null, day: cells[1] ?? null, sold: cents(cells[2] ?? null) ?? 0 }));
      const better = (one: (typeof rows)[number], other: (typeof rows)[number]) => other.sold - one.sold || ((one.day ?? "9999") < (other.day ?? "9999") ? -1 : 1);
      return [...grouped(rows, (one) => String(one.till)).values()].flatMap((own) => {
        return [...own].sort(better).slice(0, 2).map(({ number, cells, day }): DerivedRow => [number, [...cells, money(own.filter((one) => isWithin(day, one.day)).reduce((sum, one) => sum + one.sold, 0))]]);
      });
    },
  };
}

/** The day of a stop as the calendar has it, which ends with the year. */
function dateOf({ told }: FactRow): Value {
  const key = String(told[5]);
  return key.startsWith("2026") ? `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6)}` : null;
}

type Counting = (streams: readonly Simulated[]) => readonly Counted[];

/** A mart has a key that is made of its groups. */
function mart(name: string, of: "till" | "member", groups: readonly string[], measures: readonly Shown[], counting: Counting): Derived {
  const { cells, rows, ...more } = table(name, of, groups, measures, counting);
  return { ...more, cells: [...cells, `${name.replace("mrt_", "")}_key`], rows: (streams) => rows(streams).map(([number, all]) => [number, [...all, hashed(all.slice(0, groups.length))]] as const) };
}

function table(name: string, of: "till" | "member", groups: readonly string[], measures: readonly Shown[], counting: Counting): Derived {
  const streamOf = (value: Value) => (value === null ? NOBODY : of === "till" ? Number(value) : Math.floor(Number(value) / 8));
  return {
    name,
    stream: of === "till" ? "till_number" : inEights(groups[0] ?? ""),
    cells: [...groups.map(shown), ...measures.map(([column, , as]) => (as === "roughly" || as === "rough money" ? shownRoughly(column) : shown(column)))],
    rows: (streams) => groupsOf(counting(streams), measures.map(([, aggregate]) => aggregate)).map(({ group, values }) => [streamOf(group[0] ?? null), [...group, ...values.map((value, index) => asShown(value, measures[index]?.[2] ?? "whole"))]] as const),
  };
}

/** Amounts are counted in hundredths throughout. */
function asShown(value: number | null, as: Shown[2]): Value {
  if (as === "money") return money(value);
  if (as === "rough money") return roughly(value === null ? null : value / 100);
  if (as === "roughly") return roughly(value);
  return value === null ? null : String(value);
}

interface Stop {
  readonly stream: Simulated;
  readonly row: FactRow;
  readonly to: (dimension: string) => Pointer;
}

/** The rows of stops, each in a group. */
function stops(streams: readonly Simulated[], group: (stop: Stop) => Key): readonly Counted[] {
  return allStops(streams).map((stop) => counted(group(stop), numbersOf(stop)));
}

function allStops(streams: readonly Simulated[]): readonly Stop[] {
  return streams.flatMap((stream) => stream.rows("fct_stops").map((row) => ({ stream, row, to: (dimension: string) => pointed(stream, row, "fct_stops", dimension) })));
}

function numbersOf({ row, to }: Stop): Counted["numbers"] {
  const paid = cents(text(row.told[3] ?? null));
  const member = to("dim_log_closed");
  return {
    amount: paid, positive: paid !== null && paid > 0 ? 1 : 0, paid: Number(row.told[4]),
    place: row.told[2] === null ? null : Number(row.told[2]), oslo: typeof member !== "string" && member.values["city"] === "Oslo" ? 1 : 0,
  };
}

/** The rows of stops behind a bridge, grouped by the member and one more thing it shows; of a hierarchy all above, or those at a level. */
function over(name: string, label: string | null, level: number | null = null): Counting {
  const bridge = bridgeNamed(name);
  return (streams) => allStops(streams).flatMap((stop) => {
    const { at } = stop.row;
    const led = bridge.leads(stop.stream, level)(stop.to(bridge.group.name), at === null ? null : { at, moment: "instant" });
    return led.map((one) => shared(counted([till(stop.stream), ...attributes(one.to, bridge.member.key.length, label)], numbersOf(stop)), one));
  });
}

/** The balances of places behind a bridge, grouped by the member and month; what belongs to a place by the end of a week has its balance. */
function balancesOver(name: string): Counting {
  const bridge = bridgeNamed(name);
  return (streams) => streams.flatMap((stream) => placeWeeks(stream).flatMap(({ end, balance, to }) => {
    const led = bridge.leads(stream, null)(to(bridge.group.name), { at: startOfDay(shifted(end, 1)), moment: "end_of_day" });
    return led.map((one) => shared(counted([till(stream), ...attributes(one.to, 1, null), monthOf(end)], { day: dateKey(end), balance: cents(balance) }), one));
  }));
}

function shared(row: Counted, { share }: Led): Counted {
  return { ...row, share };
}

function monthOf(day: string): Value {
  return String(Number(day.slice(5, 7)));
}

/** Orders that any run saw, by the member that they name. */
function orders(streams: readonly Simulated[]): readonly Counted[] {
  return streams.flatMap((stream) => keptOrders(stream).map(({ cells, deletedAt }) => counted([cells[2] ?? null], { amount: cents(cells[1] ?? null), day: Number(cells[3]), deleted: deletedAt === null ? null : 1 })));
}

function counted(group: Key, numbers: Counted["numbers"]): Counted {
  return { group, share: 1, numbers };
}

/** What a dimension shows of what a row points to: its key of so many parts, and one thing in words. */
function attributes(to: Pointer, parts: number, label: string | null): Key {
  const [key, words] = typeof to === "string" ? [Array.from({ length: parts }, () => null), to === "-1" ? "Unknown" : "Not applicable"] : [to.key, to.values[label ?? ""] ?? null];
  return label === null ? key : [...key, words];
}

function pointed(stream: Simulated, row: FactRow, fact: string, dimension: string): Pointer {
  const tested = factNamed(fact);
  const key = tested.keys.find((one) => "dimension" in one && one.dimension.name === dimension);
  if (key === undefined) throw new Error(`${fact} has no key to ${dimension}`);
  return stream.points(row, tested, dimensionNamed(dimension), key.lookup);
}

function keyTo(stream: Simulated, row: FactRow, dimension: string): Value {
  return keyOfPointer(stream, dimension, pointed(stream, row, "fct_stops", dimension));
}

function till({ played }: Simulated): Value {
  return String(played.number);
}

function orZero(aggregate: Aggregate): Aggregate {
  return (rows, all) => aggregate(rows, all) ?? 0;
}

function text(value: string | number | null): Value {
  return value === null ? null : String(value);
}
