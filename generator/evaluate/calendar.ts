import { civilDay, dayNumber, dayOf, instantOf } from "./time.ts";
import { fail, isDay, type Day, type Instant, type Value } from "./value.ts";

/** Microseconds of the units that are always equally long. */
const fixed: Readonly<Record<string, bigint>> = { second: 1_000_000n, minute: 60_000_000n, hour: 3_600_000_000n, day: 86_400_000_000n, week: 604_800_000_000n };

/** Months of the others. */
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** Start of the unit in which a date or timestamp lies, of the same type; weeks begin on Mondays. */
export function truncate(unit: string, value: Value): Day | Instant {
  const count = months[unit];
  if (count === undefined && unit !== "week" && unit !== "day") return truncateTime(unit, value);
  const day = dayOf(value);
  if (unit === "day") return like(value, day);
  if (count === undefined) return like(value, { kind: "day", day: day.day - (weekday(day) - 1) });
  const civil = civilDay(day.day);
  const month = Math.floor((civil.month - 1) / count) * count + 1;
  return like(value, { kind: "day", day: dayNumber({ year: civil.year, month, day: 1 }) });
}

/** A field of a date or timestamp. */
export function part(unit: string, value: Value): number {
  const day = dayOf(value);
  const civil = civilDay(day.day);
  const seconds = isDay(value) ? null : Number((instantOf(value).micros - instantOf(day).micros) / 1_000_000n);
  switch (unit) {
    case "year": return civil.year;
    case "quarter": return Math.floor((civil.month + 2) / 3);
    case "month": return civil.month;
    case "day": return civil.day;
    case "day_of_week": return weekday(day);
    case "iso_week": return isoWeek(day);
    case "day_of_year": return day.day - dayNumber({ year: civil.year, month: 1, day: 1 }) + 1;
    case "hour": return Math.floor((seconds ?? fail("a date has no hour")) / 3600);
    case "minute": return Math.floor((seconds ?? fail("a date has no minute")) / 60) % 60;
    case "second": return (seconds ?? fail("a date has no second")) % 60;
    default: return fail(`no unit ${unit}`);
  }
}

/** A date or timestamp moved by whole units; a day that the month lacks becomes its last. */
export function moved(unit: string, count: bigint, value: Value): Day | Instant {
  const perUnit = months[unit];
  if (perUnit === undefined) {
    const step = fixed[unit] ?? fail(`no unit ${unit}`);
    const at: Instant = { kind: "instant", micros: instantOf(value).micros + count * step };
    return isDay(value) ? dayOf(at) : at;
  }
  const day = dayOf(value);
  const civil = civilDay(day.day);
  const month = civil.year * 12 + civil.month - 1 + Number(count) * perUnit;
  const [year, index] = [Math.floor(month / 12), month - Math.floor(month / 12) * 12];
  const last = dayNumber({ year: index === 11 ? year + 1 : year, month: index === 11 ? 1 : index + 2, day: 1 }) - dayNumber({ year, month: index + 1, day: 1 });
  const target: Day = { kind: "day", day: dayNumber({ year, month: index + 1, day: Math.min(civil.day, last) }) };
  return isDay(value) ? target : { kind: "instant", micros: instantOf(target).micros + instantOf(value).micros - instantOf(day).micros };
}

/** How many starts of the unit lie between two times. */
export function boundaries(unit: string, from: Value, to: Value): bigint {
  const count = months[unit];
  const [one, other] = [truncate(unit, from), truncate(unit, to)];
  if (count === undefined) return (instantOf(other).micros - instantOf(one).micros) / (fixed[unit] ?? fail(`no unit ${unit}`));
  const [start, end] = [civilDay(dayOf(one).day), civilDay(dayOf(other).day)];
  return BigInt(((end.year - start.year) * 12 + end.month - start.month) / count);
}

function truncateTime(unit: string, value: Value): Day | Instant {
  if (isDay(value)) return value;
  const step = fixed[unit] ?? fail(`no unit ${unit}`);
  const { micros } = instantOf(value);
  const rest = ((micros % step) + step) % step;
  return { kind: "instant", micros: micros - rest };
}

function like(value: Value, day: Day): Day | Instant {
  return isDay(value) ? day : instantOf(day);
}

/** 1 Monday to 7 Sunday. */
function weekday({ day }: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The week belongs to the year of its Thursday. */
function isoWeek(day: Day): number {
  const thursday = day.day - weekday(day) + 4;
  const first = dayNumber({ year: civilDay(thursday).year, month: 1, day: 1 });
  return Math.floor((thursday - first) / 7) + 1;
}
