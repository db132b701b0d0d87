import { describe, expect, it } from "vitest";
import { dayFromText, instantFromText, instantText } from "../../generator/evaluate/time.ts";
import { attempt } from "../../generator/evaluate/value.ts";
import { clockChanges, firstKnownDay, instantIn, wallClock } from "../../generator/evaluate/zone.ts";
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

  it.each(zones.filter((zone, index) => clockChanges(2026, zone).length > 0 && (thorough || index % 25 === 0)))("in %s change when they do", (zone) => {
    for (const year of [2026, 2029, 2037]) {
      for (const { micros } of clockChanges(year, zone)) {
        for (const minutes of [-60n, 0n, 60n]) {
          const instant = instantText({ kind: "instant", micros: micros + minutes * 60_000_000n });
          expect(clock(instant, zone)).toEqual({ value: shown(instant.slice(0, 19), zone) });
        }
        expect(clock(instantText({ kind: "instant", micros: micros - 1n }), zone)).toEqual({ value: `${shown(instantText({ kind: "instant", micros: micros - 1n }).slice(0, 19), zone).slice(0, 19)}.999999` });
      }
    }
  });

  it("that show a time twice mean the second one, and one that they leave out as if they had not been changed", () => {
    const instant = (time: string, zone: string): unknown => attempt(() => instantText(instantIn(instantFromText(time), zone)));
    const cases = [
      ["2026-03-29 01:59:59.999999", "Europe/Oslo", "2026-03-29 00:59:59.999999"],
      ["2026-03-29 02:30:00", "Europe/Oslo", "2026-03-29 01:30:00.000000"],
      ["2026-03-29 03:00:00", "Europe/Oslo", "2026-03-29 01:00:00.000000"],
      ["2026-10-25 01:59:59.999999", "Europe/Oslo", "2026-10-24 23:59:59.999999"],
      ["2026-10-25 02:30:00", "Europe/Oslo", "2026-10-25 01:30:00.000000"],
      ["2026-10-25 03:00:00", "Europe/Oslo", "2026-10-25 02:00:00.000000"],
      ["2026-03-08 02:30:00", "America/New_York", "2026-03-08 07:30:00.000000"],
      ["2026-11-01 01:30:00", "America/New_York", "2026-11-01 06:30:00.000000"],
      ["2026-04-05 02:30:00", "Pacific/Auckland", "2026-04-04 14:30:00.000000"],
      ["2026-09-27 02:30:00", "Pacific/Auckland", "2026-09-26 14:30:00.000000"],
    ] as const;
    for (const [time, zone, expected] of cases) expect(instant(time, zone), `${time} ${zone}`).toEqual({ value: expected });
  });

  it("are not known when they may change by an own rule, before their rules were kept, and where they follow none", () => {
    for (const [instant, zone] of [["2026-03-29 00:30:00", "Europe/Chisinau"], ["2014-01-01 00:00:00", "Europe/Moscow"], ["2026-01-01 00:00:00", "Africa/Casablanca"]] as const) expect(clock(instant, zone)).toHaveProperty("failure");
    expect(clock("2026-03-29 00:30:00", "Asia/Tokyo")).toEqual({ value: "2026-03-29 09:30:00.000000" });
  });

  it("are known from some day of a calendar on", () => {
    const from = (day: string, zone: string): unknown => attempt(() => firstKnownDay(dayFromText(day) ?? { kind: "day", day: 0 }, zone));
    const day = (text: string): unknown => ({ value: dayFromText(text) });
    expect(from("2026-01-01", "Europe/Oslo")).toEqual(day("2026-01-01"));
    expect(from("2026-04-01", "Europe/Oslo")).toEqual(day("2026-04-01"));
    expect(from("2026-04-01", "Europe/Chisinau")).toEqual(day("2027-01-01"));
    expect(from("2026-04-01", "UTC")).toEqual(day("2026-04-01"));
    expect(from("2000-01-01", "Europe/Istanbul")).toEqual(day("2017-01-01"));
  });
});
