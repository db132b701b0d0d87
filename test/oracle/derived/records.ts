import { hashed } from "../expectation.ts";
import { entriesOf, keptRows } from "../interpreter/loads.ts";
import type { Cells, Kept, Run } from "../interpreter/loads.ts";
import type { Value } from "../interpreter/types.ts";
import type { Simulated } from "../simulation.ts";
import { runInstant } from "../sources.ts";
import { dimensionNamed } from "../tested.ts";
import { inEights, keyOfPointer, once, shown, shownInstant } from "./derived.ts";
import type { Derived, DerivedRow } from "./derived.ts";

const ORDER = [...["order_id", "amount", "member_id", "ordered_date_key"].map(shown), shownInstant("ordered_at")];

/** Facts that remember what earlier runs saw. */
export const RECORDS: readonly Derived[] = [
  {
    name: "fct_orders_kept", stream: inEights("order_id"), cells: [...ORDER, "state_closed_key", shown("is_deleted"), shownInstant("deleted_at")],
    rows: (streams) => streams.flatMap((stream) => keptOrders(stream).map(({ cells, deletedAt }): DerivedRow => [stream.played.number, [...cells, String(deletedAt !== null), deletedAt]])),
  },
  {
    name: "fct_orders_booked", stream: inEights("order_id"), cells: [...ORDER, "log_closed_key", shown("order_count"), shown("entry_number"), "entry_type", shownInstant("recorded_at"), "orders_booked_key"],
    rows: (streams) => streams.flatMap((stream) => entriesOf(orderRuns(stream, "dim_log_closed", ["1"]), takenBack).map(({ cells, number, type, at }): DerivedRow => {
      const durable = hashed(cells.slice(0, 1));
      return [stream.played.number, [...cells, String(number), type, at, hashed([durable, String(number)])]];
    })),
  },
];

/** Orders that any run saw, as the fact holds them that marks what is gone. */
export const keptOrders: (stream: Simulated) => readonly Kept[] = once((stream) => keptRows(orderRuns(stream, "dim_state_closed", [])));

/** What the source of orders would make of a fact at each run, with the key of whom an order names, and cells that are the same in all rows. */
function orderRuns(stream: Simulated, dimension: string, more: Cells): readonly Run[] {
  return stream.runs().map((run) => ({
    at: runInstant(run.played.runs.at(-1) ?? 0),
    rows: new Map(run.rows("fct_state_swapped").map((row) => {
      const to = run.points(row, { time: "at" }, dimensionNamed(dimension), { early: "unknown", moment: "instant" });
      return [String(row.told[0]), [...row.told.map(text), row.at, keyOfPointer(run, dimension, to), ...more]];
    })),
  }));
}

/** The amount and the count of an order negated; all else stays. */
function takenBack(cells: Cells): Cells {
  return cells.map((cell, position) => (position === 1 || position === cells.length - 1 ? negated(cell) : cell));
}

function negated(number: Value): Value {
  if (number === null || /^[0.]+$/.test(number)) return number;
  return number.startsWith("-") ? number.slice(1) : `-${number}`;
}

function text(value: string | number | null): Value {
  return value === null ? null : String(value);
}
