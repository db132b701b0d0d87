import { describe, expect, it } from "vitest";
import { dayFromText, instantFromText, instantText } from "../../generator/evaluate/time.ts";
import { attempt } from "../../generator/evaluate/value.ts";
import { firstKnownDay, instantIn, wallClock } from "../../generator/evaluate/zone.ts";
import { ZONE_OFFSETS } from "../../generator/evaluate/zone-offsets.ts";
import { thorough } from "../support/thorough.ts";

const zones = ZONE_OFFSETS.flatMap(([, , , names]) => names.split(" "));

/** What clocks of a zone show at an instant, as this machine knows it. */
function shown(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return `${format.format(new Date(`${instant.replace(" ", "T")}Z`))}.000000`;
}

const clock = (instant: string, zone: string): unknown => attempt(() => instantText(wallClock(instantFromText(instant), zone)));

describe("clocks of zones", () => {
  it.each(zones.filter((_, index) => thorough || index % 25 === 0))("in %s are those that everybody knows, in winter and in summer", (zone) => {
    for (const instant of ["2026-12-03 00:00:00", "2027-03-05 12:00:00", "2026-06-03 00:00:00", "2026-08-29 12:00:00"]) {
      expect(clock(instant, zone)).toEqual({ value: shown(instant, zone) });
      expect(attempt(() => instantText(instantIn(wallClock(instantFromText(instant), zone), zone)))).toEqual({ value: `${instant}.000000` });
    }
  });

  it("are not known when they may change, before their rules were kept, and where they follow none", () => {
    for (const [instant, zone] of [["2026-03-29 00:30:00", "Europe/Oslo"], ["2014-01-01 00:00:00", "Europe/Moscow"], ["2026-01-01 00:00:00", "Africa/Casablanca"]] as const) expect(clock(instant, zone)).toHaveProperty("failure");
    expect(clock("2026-03-29 00:30:00", "Asia/Tokyo")).toEqual({ value: "2026-03-29 09:30:00.000000" });
  });

  it("are known from some day of a calendar on", () => {
    const from = (day: string, zone: string): unknown => attempt(() => firstKnownDay(dayFromText(day) ?? { kind: "day", day: 0 }, zone));
    const day = (text: string): unknown => ({ value: dayFromText(text) });
    expect(from("2026-01-01", "Europe/Oslo")).toEqual(day("2026-01-01"));
    expect(from("2026-04-01", "Europe/Oslo")).toEqual(day("2027-01-01"));
    expect(from("2026-04-01", "UTC")).toEqual(day("2026-04-01"));
    expect(from("2000-01-01", "Europe/Istanbul")).toEqual(day("2017-01-01"));
  });
});
