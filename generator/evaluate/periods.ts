import type { Measure, PeriodicSnapshot, PeriodValue } from "../model/fact.ts";
import { aggregated, sum } from "./aggregate.ts";
import { moved, truncate } from "./calendar.ts";
import { castValue } from "./cast.ts";
import { evaluate, type Row } from "./expression.ts";
import { byMember } from "./members.ts";
import { whole } from "./number.ts";
import { firstBy, type RankTerm } from "./ranking.ts";
import type { Values } from "./rows.ts";
import { dayOf } from "./time.ts";
import type { Value } from "./value.ts";
import { wallClock } from "./zone.ts";

/** A measure that is made of the rows of a period. */
export type PeriodMeasure = Pick<Measure, "name" | "type"> & { readonly value: PeriodValue };

/** A row of the source, and the start of the period in which it counts. */
interface Dated {
  readonly key: readonly Value[];
  readonly row: Row;
  readonly start: number;
}

/**
 * The closed periods of all that a periodic snapshot follows, each from the first row of what is followed to the last period that is over, without a gap; with the
 * entity, `period_end` and the measures. `run` is the instant that the run stands for, where that closes periods. For use within an `attempt`.
 */
export function closedPeriods(periodic: PeriodicSnapshot, measures: readonly PeriodMeasure[], rows: readonly Row[], { timezone, run }: { readonly timezone: string; readonly run: Value }): readonly Values[] {
  const startOf = (time: Value, isInstant: boolean): number => dayOf(truncate(periodic.period, dayOf(isInstant ? wallClock(time, timezone) : time))).day;
  const dated = rows.map((row): Dated => ({
    key: periodic.entity.map((one) => castValue(evaluate(one.value, row), one.type)),
    row,
    start: startOf(evaluate(periodic.time, row), periodic.time.type?.kind === "timestamp"),
  }));
  const open = periodic.through === "run" && run !== null ? startOf(run, true) : Math.max(...dated.map((one) => one.start));
  return byMember(dated).flatMap((own) => {
    const names = periodic.entity.map(({ name }, index): [string, Value] => [name, own[0]?.key[index] ?? null]);
    const starts = startsBetween(Math.min(...own.map((one) => one.start)), open, periodic);
    const values = measures.map((measure) => [measure.name, valuesIn(starts, measure, own, periodic)] as const);
    return starts.map((start, index) => new Map<string, Value>([...names, ["period_end", { kind: "day", day: next(start, periodic) - 1 }], ...values.map(([name, all]): [string, Value] => [name, all[index] ?? null])]));
  });
}

/** What a measure is in each of some periods that follow each other. */
function valuesIn(starts: readonly number[], { type, value: { how, aggregation, absent, expression } }: PeriodMeasure, rows: readonly Dated[], periodic: PeriodicSnapshot): readonly Value[] {
  const told = starts.map((start) => {
    const own = rows.filter((one) => one.start === start).map((one) => one.row);
    return how === "readings" ? newest(own, { ...periodic, expression }) : own.length === 0 ? null : aggregated(aggregation, own.map((row) => evaluate(expression, row)), type);
  });
  const filled = (value: Value): Value => castValue(value ?? (absent === "zero" || how === "movements" ? whole(0) : null), type);
  if (how === "movements") return told.map((_, index) => castValue(sum(told.slice(0, index + 1).map(filled).filter((one) => one !== null)), type));
  if (how === "readings" && absent === "carry_forward") return told.map((_, index) => filled(told.slice(0, index + 1).findLast((one) => one !== null) ?? null));
  return told.map(filled);
}

/** The last reading that holds a value; of those of one instant the last by the stated order, then the greatest. */
function newest(rows: readonly Row[], { time, ties, expression }: PeriodicSnapshot & { readonly expression: PeriodValue["expression"] }): Value {
  const terms = [time, ...ties, expression].map((one): RankTerm<Row> => ({ value: (row) => evaluate(one, row), direction: "descending" }));
  const [last] = firstBy(rows.filter((row) => evaluate(expression, row) !== null), terms);
  return last === undefined ? null : evaluate(expression, last);
}

function startsBetween(first: number, open: number, periodic: PeriodicSnapshot): readonly number[] {
  return first >= open ? [] : [first, ...startsBetween(next(first, periodic), open, periodic)];
}

/** The start of the period that follows. */
function next(start: number, { period }: PeriodicSnapshot): number {
  return dayOf(moved(period, 1n, { kind: "day", day: start })).day;
}
