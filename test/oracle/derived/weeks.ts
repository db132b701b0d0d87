import { dateKey, padded, salesSoFar } from "../fact-rows.ts";
import type { FactRow } from "../fact-rows.ts";
import { periodRows } from "../interpreter/periods.ts";
import type { PeriodRow } from "../interpreter/periods.ts";
import type { Value } from "../interpreter/types.ts";
import { memberNumber, placeNumber } from "../keys.ts";
import type { Pointer, Simulated } from "../simulation.ts";
import { latestDay } from "../sources.ts";
import type { Sale } from "../sources.ts";
import { dimensionNamed, keyOfTable } from "../tested.ts";
import { keyOfPointer, once, shown } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";

/** A balance of a place, and what the place is by the end of the week. */
export interface PlaceWeek extends PeriodRow {
  readonly to: (dimension: string) => Pointer;
}

/** A balance for each week of each member at a till; rows about nobody have one, too. */
export const tillWeeks: (stream: Simulated) => readonly PeriodRow[] = once((stream) => weeks(stream, ({ member }) => (member === null ? null : memberNumber(stream.played.number, member))));

/** A balance for each week of each place at a till; rows that name no place have one, too. */
export const placeWeeks: (stream: Simulated) => readonly PlaceWeek[] = once((stream) => {
  const { number } = stream.played;
  return weeks(stream, ({ place }) => (place === null ? null : placeNumber(number, place))).map((week): PlaceWeek => {
    const row: FactRow = { told: [], member: null, place: week.entity === null ? null : Number(week.entity) - number * 8, at: null, on: week.end, flags: [] };
    return { ...week, to: (dimension) => stream.points(row, { time: "on" }, dimensionNamed(dimension), { early: "unknown", moment: dimensionNamed(dimension).dimension.type === 1 ? "any" : "end_of_day" }) };
  });
});

const BALANCES = ["closing", "opening", "usual", "lowest", "highest"] as const;
const PLACES = ["dim_log_place", "dim_state_place"] as const;

/** Balances of each week: of members, and of places that others have shares of and that lie below others. */
export const WEEKS: readonly Derived[] = [
  {
    name: "fct_till_weeks", stream: "till_number", cells: ["till_number", "member_id", "period_end", "date_key", ...BALANCES].map(shown),
    rows: (streams) => streams.flatMap((stream) => tillWeeks(stream).map((week): DerivedRow => [stream.played.number, cells(stream, week)])),
  },
  {
    name: "fct_place_weeks", stream: "till_number", cells: [...["till_number", "place_id", "period_end", "date_key", ...BALANCES].map(shown), ...PLACES.map(keyOfTable)],
    rows: (streams) => streams.flatMap((stream) => placeWeeks(stream).map((week): DerivedRow => [stream.played.number, [...cells(stream, week), ...PLACES.map((one) => keyOfPointer(stream, one, week.to(one)))]])),
  },
];

function cells({ played }: Simulated, { entity, end, balance }: PeriodRow): readonly Value[] {
  return [String(played.number), entity, end, String(dateKey(end)), ...BALANCES.map(() => balance)];
}

function weeks({ played }: Simulated, entity: (sale: Sale) => number | null): readonly PeriodRow[] {
  const readings = salesSoFar(played).map((sale) => {
    const number = entity(sale);
    return { entity: number === null ? null : String(number), day: sale.booked, order: [sale.booked, padded(played, sale.sale)], amount: sale.amount };
  });
  return periodRows(readings, "week", latestDay(played.runs.at(-1) ?? 0));
}
