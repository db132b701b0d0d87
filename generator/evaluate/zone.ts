import { civilDay, dayNumber, dayOf, instantOf } from "./time.ts";
import { fail, type Day, type Instant, type Value } from "./value.ts";
import { ZONE_OFFSETS } from "./zone-offsets.ts";

const MICROS_PER_MINUTE = 60_000_000n;

/** How far the clocks of a zone are ahead of UTC, in minutes: around January and around July, in each year since one. */
interface Offsets {
  readonly january: number;
  readonly july: number;
  readonly since: number;
}

/**
 * What clocks of a zone show at an instant, as a time without a zone. For use within an `attempt`: it fails where the zone is not known to keep its rules,
 * and in the months in which summer time may begin or end. The warehouse knows all of that; here is what a test needs.
 */
export function wallClock(value: Value, zone: string): Instant {
  const { micros } = instantOf(value);
  return { kind: "instant", micros: micros + offsetOn(dayOf(value), zone) };
}

/** The instant at which clocks of a zone show a time. For use within an `attempt`, as `wallClock`. */
export function instantIn(value: Value, zone: string): Instant {
  const { micros } = instantOf(value);
  return { kind: "instant", micros: micros - offsetOn(dayOf(value), zone) };
}

/** A day from which on, for 45 days, clocks of a zone are known: the given one, else a first of January after it. For use within an `attempt`. */
export function firstKnownDay(from: Day, zone: string): Day {
  const { year } = civilDay(from.day);
  const newYear = (one: number): Day => ({ kind: "day", day: dayNumber({ year: one, month: 1, day: 1 }) });
  const known = [from, newYear(year + 1), newYear(offsetsOf(zone)?.since ?? year)].find(({ day }) => day >= from.day && [day, day + 45].every((one) => minutesOn({ kind: "day", day: one }, zone) !== null));
  return known ?? fail(`no clocks of ${zone} are known`);
}

function offsetOn(day: Day, zone: string): bigint {
  return BigInt(minutesOn(day, zone) ?? fail(`clocks of ${zone} on some day are known to the warehouse only`)) * MICROS_PER_MINUTE;
}

/** Minutes ahead of UTC; null where they are not known. */
function minutesOn({ day }: Day, zone: string): number | null {
  const offsets = offsetsOf(zone);
  const civil = civilDay(day);
  if (offsets === null || civil.year < offsets.since) return null;
  if (offsets.january === offsets.july) return offsets.january;
  const { month } = civil;
  // In March summer time never begins before the eighth.
  if (month === 12 || month <= 2 || (month === 3 && civil.day < 7)) return offsets.january;
  return month >= 6 && month <= 8 ? offsets.july : null;
}

function offsetsOf(zone: string): Offsets | null {
  if (zone === "UTC" || zone === "GMT") return { january: 0, july: 0, since: 0 };
  offsetsByZone ??= new Map(ZONE_OFFSETS.flatMap(([january, july, since, zones]) => zones.split(" ").map((one) => [one, { january, july, since }] as const)));
  return offsetsByZone.get(zone) ?? null;
}

/** Put in order by the first zone that is asked for: most projects count in UTC. */
let offsetsByZone: ReadonlyMap<string, Offsets> | null = null;
