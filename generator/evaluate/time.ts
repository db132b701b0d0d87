import { fail, isDay, isInstant, type Day, type Instant, type Value } from "./value.ts";

const MICROS_PER_DAY = 86_400_000_000n;

/** A day of the Gregorian calendar. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 (proleptic Gregorian; the algorithm counts 400-year eras that begin in March). */
export function dayNumber({ year, month, day }: CivilDay): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The inverse of `dayNumber`. */
export function civilDay(number: number): CivilDay {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const years = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const quarter = Math.floor((5 * ofYear + 2) / 153);
  const month = quarter < 10 ? quarter + 3 : quarter - 9;
  return { year: years + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * quarter + 2) / 5) + 1 };
}

/** The day an ISO text names, or null where there is no such day. */
export function dayFromText(text: string): Day | null {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (parts === null) return null;
  return dayFromParts(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** The day, or null where there is no such day. */
export function dayFromParts(year: number, month: number, day: number): Day | null {
  const number = dayNumber({ year, month, day });
  const back = civilDay(number);
  return year > 0 && back.year === year && back.month === month && back.day === day ? { kind: "day", day: number } : null;
}

/** The instant of `2024-01-31[( |T)12:00[:00[.000000]][offset]]`, or null where the text writes none. */
export function instantFromText(text: string): Instant | null {
  const parts = /^(\S{10})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-5][0-9])(?:[.]([0-9]{1,6}))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2}|:[0-9]{2}:[0-9]{2})?)?)?$/.exec(text);
  const day = dayFromText(parts?.[1] ?? "");
  if (parts === null || day === null) return null;
  const [hour, minute, second] = [Number(parts[2] ?? 0), Number(parts[3] ?? 0), Number(parts[4] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  const seconds = BigInt((hour * 60 + minute) * 60 + second - offsetSeconds(parts[6] ?? "Z"));
  return { kind: "instant", micros: BigInt(day.day) * MICROS_PER_DAY + seconds * 1_000_000n + BigInt((parts[5] ?? "").padEnd(6, "0")) };
}

/** Seconds east of UTC of `Z`, `+02`, `+0230`, `+02:30` or `+00:19:32`. */
export function offsetSeconds(text: string): number {
  if (text === "Z") return 0;
  const digits = text.slice(1).replaceAll(":", "").padEnd(6, "0");
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  return (text.startsWith("-") ? -1 : 1) * (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0));
}

/** `2024-01-31`. */
export function dayText({ day }: Day): string {
  const civil = civilDay(day);
  return `${String(civil.year).padStart(4, "0")}-${two(civil.month)}-${two(civil.day)}`;
}

/** `2024-01-31 12:00:00.000000`. */
export function instantText(value: Instant): string {
  const day = dayOf(value);
  const micros = value.micros - BigInt(day.day) * MICROS_PER_DAY;
  const seconds = Number(micros / 1_000_000n);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${dayText(day)} ${time}.${String(micros % 1_000_000n).padStart(6, "0")}`;
}

/** The day on which an instant lies (UTC), or the day itself. */
export function dayOf(value: Value): Day {
  if (isDay(value)) return value;
  if (!isInstant(value)) return fail("not a date");
  const cut = value.micros / MICROS_PER_DAY;
  return { kind: "day", day: Number(value.micros % MICROS_PER_DAY < 0n ? cut - 1n : cut) };
}

/** Midnight of a day, or the instant itself. */
export function instantOf(value: Value): Instant {
  if (isInstant(value)) return value;
  return isDay(value) ? { kind: "instant", micros: BigInt(value.day) * MICROS_PER_DAY } : fail("not a timestamp");
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
