import { describe, expect, it } from "vitest";
import { joinedTimeline, joinedToday } from "./joined.ts";
import { periodRows } from "./periods.ts";
import { daysBetween, hoursBetween } from "./progress.ts";
import type { Timeline, Values } from "./types.ts";
import { versionsOf } from "./versions.ts";

const day = (number: number) => `2026-03-${String(number).padStart(2, "0")} 00:00:00.000000`;
const states = (...all: readonly (readonly [at: number, values: Values | null])[]) => all.map(([at, values]) => ({ at: day(at), values }));
const told = ({ states: all }: Timeline) => all.map(({ at, values }) => `${at.slice(8, 10)} ${values === null ? "gone" : `${values["place"]} ${values["street"]}`}`);

describe("what sources say together", () => {
  const member: Timeline = { key: ["m"], states: states([1, { place: "a" }], [5, { place: "b" }], [7, null]) };
  const places: readonly Timeline[] = [{ key: ["a"], states: states([2, { street: "x" }], [3, null], [6, { street: "y" }]) }, { key: ["b"], states: states([4, { street: "z" }], [9, { street: "w" }]) }];

  it("changes whenever one of them does, while a member names what changes", () => {
    expect(told(joinedTimeline(member, "place", places, ["street"]))).toEqual(["01 a null", "02 a x", "03 a null", "05 b z", "07 gone"]);
  });

  it("takes the values of today where nothing is known of others", () => {
    expect(told(joinedToday(member, "place", new Map([["b", { street: "now" }]]), ["street"]))).toEqual(["01 a null", "05 b now", "07 gone"]);
  });

  it("cuts no version within a band", () => {
    const prices: Timeline = { key: ["m"], states: states([1, { price: "0.49" }], [2, { price: "0.10" }], [3, { price: "0.50" }], [4, { price: null }]) };
    const band = { name: "band", source: "price", scd: 2, bands: [["low", 50n], ["high", null]] } as const;
    expect(versionsOf([prices], { type: 2, attributes: [band], deletes: "close", firstVersionFrom: "first_seen" }).map((one) => one.values["band"])).toEqual(["low", "high", null]);
  });
});

describe("periods", () => {
  const row = (on: string, amount: string | null, order = "1") => ({ entity: "m", day: on, order: [on, order], amount });
  const shown = (rows: ReturnType<typeof periodRows>) => rows.map((one) => [one.end, one.paid, one.count, one.greatest, one.balance, one.reading, one.readingOrZero].join(" "));

  it("are there for every week from the first row to the last week that is over, a Sunday its last day", () => {
    expect(shown(periodRows([row("2026-03-08", "-5.10"), row("2026-03-23", "1.00")], "week", "2026-03-24"))).toEqual(["2026-03-08 -5.10 1 -5.10 -5.10 -5.10 -5.10", "2026-03-15 0.00 0  -5.10 -5.10 0.00", "2026-03-22 0.00 0  -5.10 -5.10 0.00"]);
  });

  it("read the last amount that is not empty, and count all rows", () => {
    expect(shown(periodRows([row("2026-02-27", "1.00", "1"), row("2026-02-27", "0.05", "2"), row("2026-02-28", null)], "month", "2026-03-01"))).toEqual(["2026-02-28 1.05 3 1.00 1.05 0.05 0.05"]);
  });

  it("hold nothing before there is anything, or where none is over", () => {
    expect(periodRows([row("2026-03-05", "1.00")], "day", "2026-03-05")).toEqual([]);
  });
});

it("counts lags in hours between instants and in days of the calendar", () => {
  expect([hoursBetween(day(1), day(2)), hoursBetween("2026-03-01 12:00:00.000001", "2026-03-01 13:30:00.000000"), hoursBetween(day(1), null)]).toEqual(["24.00", "1.50", null]);
  expect([daysBetween("2026-02-28", "2026-03-01"), daysBetween("2026-03-02", "2026-03-01"), daysBetween(null, "2026-03-01")]).toEqual([1, -1, null]);
});
