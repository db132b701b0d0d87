import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scheduleProblem } from "../../../generator/model/link/schedule.ts";
import { timezoneProblem } from "../../../generator/model/link/timezone.ts";

describe("a schedule", () => {
  it.each(["0 5 * * *", "*/15 0-6 1,15 * mon-fri", "5 4 * JAN-mar sun", "0 0 31 12 7", "0 0-23/2 * * *", "@daily", "@once", "@quarterly"])("is %j", (text) => {
    expect(scheduleProblem(text)).toBeNull();
  });

  it.each(["", "daily", "@fortnightly", "0 5 * *", "0 0 5 * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "1/5 * * * *", "a * * * *", "1,,2 * * * *", "L * * * *", "1-2-3 * * * *", "* * ? * *"])("is not %j", (text) => {
    expect(scheduleProblem(text)).not.toBeNull();
  });

  it("takes any number within its field", () => {
    fc.assert(fc.property(fc.nat(59), fc.nat(23), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }), fc.nat(7), (...fields) => {
      expect(scheduleProblem(fields.join(" "))).toBeNull();
    }));
  });
});

describe("a time zone", () => {
  it("is named like every zone that this machine knows by area and place", () => {
    const zones = Intl.supportedValuesOf("timeZone").filter((one) => one.includes("/"));
    expect(zones.length).toBeGreaterThan(300);
    expect(zones.filter((one) => timezoneProblem(one) !== null)).toEqual([]);
  });

  it.each(["", "+02:00", "CEST", "Europe", "Europe/", "europe/oslo", "Erope/Oslo", "Europe/Oslo/x y", "UTC+2", "Europe/Oslo'; drop"])("is not %j", (zone) => {
    expect(timezoneProblem(zone)).not.toBeNull();
  });
});
