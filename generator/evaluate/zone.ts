import { civilDay, dayNumber, dayOf, instantOf } from "./time.ts";
import { fail, type Day, type Instant, type Value } from "./value.ts";
import { CHANGES, ZONE_OFFSETS, type ChangeDay, type ChangeRule } from "./zone-offsets.ts";

const MICROS_PER_MINUTE = 60_000_000n;

/** How far the clocks of a zone are ahead of UTC, in minutes: around January and around July, in each year since one. */
interface Offsets {
  readonly january: number;
  readonly july: number;
  readonly since: number;
  readonly rule: ChangeRule | null;
}

/** From an instant on clocks are so far ahead of UTC, in microseconds. */
interface Span {
  readonly from: bigint;
  readonly ahead: bigint;
}

/**
 * What clocks of a zone show at an instant, as a time without a zone. For use within an `attempt`: it fails where the zone is not known to keep its rules. The
 * warehouse knows all of them; here is what a test needs.
 */
export function wallClock(value: Value, zone: string): Instant {
  const { micros } = instantOf(value);
  const ahead = spansIn(dayOf(value), zone).findLast((one) => one.from <= micros)?.ahead ?? 0n;
  return { kind: "instant", micros: micros + ahead };
}

/**
 * The instant at which clocks of a zone show a time: the second one where they show it twice, and where they leave it out the one that they would have shown it
 * at, as all warehouses have it. For use within an `attempt`, as `wallClock`.
 */
export function instantIn(value: Value, zone: string): Instant {
  const { micros } = instantOf(value);
  const ahead = spansIn(dayOf(value), zone).findLast((one, index) => index === 0 || micros - one.ahead >= one.from)?.ahead ?? 0n;
  return { kind: "instant", micros: micros - ahead };
}

/** The instants at which clocks of a zone are changed in a year, in their order; none where they are not, or nobody knows. */
export function clockChanges(year: number, zone: string): readonly Instant[] {
  const offsets = offsetsOf(zone);
  return offsets === null || year < offsets.since ? [] : changesIn(year, offsets).map(({ from }) => ({ kind: "instant", micros: from }));
}

/** A day from which on, for 45 days, clocks of a zone are known: the given one, else a first of January after it. For use within an `attempt`. */
export function firstKnownDay(from: Day, zone: string): Day {
  const { year } = civilDay(from.day);
  const newYear = (one: number): Day => ({ kind: "day", day: dayNumber({ year: one, month: 1, day: 1 }) });
  const known = [from, newYear(year + 1), newYear(offsetsOf(zone)?.since ?? year)].find(({ day }) => day >= from.day && [day, day + 45].every((one) => isKnown({ kind: "day", day: one }, zone)));
  return known ?? fail(`no clocks of ${zone} are known`);
}

/** The offsets of the year of a day, the first from before it. */
function spansIn(day: Day, zone: string): readonly Span[] {
  const offsets = offsetsOf(zone);
  if (offsets === null || !isKnown(day, zone)) return fail(`clocks of ${zone} on some day are known to the warehouse only`);
  const { year, month } = civilDay(day.day);
  const { january, july, rule } = offsets;
  const first = rule === null && month >= 6 && month <= 8 ? july : january;
  return [{ from: -(10n ** 18n), ahead: BigInt(first) * MICROS_PER_MINUTE }, ...changesIn(year, offsets)];
}

function changesIn(year: number, { january, july, rule }: Offsets): readonly Span[] {
  if (rule === null) return [];
  const [toJuly, toJanuary] = CHANGES[rule];
  const at = ({ month, sunday, minutes, by }: ChangeDay, before: number): bigint => (BigInt(sundayOf(year, month, sunday)) * 1440n + BigInt(minutes - (by === "utc" ? 0 : before))) * MICROS_PER_MINUTE;
  return [
    { from: at(toJuly, january), ahead: BigInt(july) * MICROS_PER_MINUTE },
    { from: at(toJanuary, july), ahead: BigInt(january) * MICROS_PER_MINUTE },
  ];
}

/** The n-th Sunday of a month, or its last one. 1970-01-04 was one. */
function sundayOf(year: number, month: number, sunday: number): number {
  const last = dayNumber({ year, month: month + 1, day: 1 }) - 1;
  const from = sunday < 0 ? last - 6 : dayNumber({ year, month, day: 1 }) + (sunday - 1) * 7;
  return from + ((((3 - from) % 7) + 7) % 7);
}

/** Whether the clocks of a zone are known on a day. */
function isKnown({ day }: Day, zone: string): boolean {
  const offsets = offsetsOf(zone);
  const civil = civilDay(day);
  if (offsets === null || civil.year < offsets.since) return false;
  const { month } = civil;
  // In March summer time never begins before the eighth.
  return offsets.rule !== null || offsets.january === offsets.july || month === 12 || month <= 2 || (month === 3 && civil.day < 7) || (month >= 6 && month <= 8);
}

function offsetsOf(zone: string): Offsets | null {
  if (zone === "UTC" || zone === "GMT") return { january: 0, july: 0, since: 0, rule: null };
  offsetsByZone ??= new Map(ZONE_OFFSETS.flatMap(([january, july, since, zones, rule = null]) => zones.split(" ").map((one) => [one, { january, july, since, rule }] as const)));
  return offsetsByZone.get(zone) ?? null;
}

/** Put in order by the first zone that is asked for: most projects count in UTC. */
let offsetsByZone: ReadonlyMap<string, Offsets> | null = null;
