import { describe, expect, it } from "vitest";
import { pointed } from "./facts.ts";
import { timelinesOfExtracts, timelinesOfLog, timelinesOfRuns } from "./timeline.ts";
import type { Change, Dimension, Version } from "./types.ts";
import { versionsOf } from "./versions.ts";

const typeTwo: Dimension = { type: 2, attributes: [{ name: "name", source: "name", scd: 1 }, { name: "city", source: "city", scd: 2 }], deletes: "close", firstVersionFrom: "first_seen" };
const day = (number: number) => `2026-03-${String(number).padStart(2, "0")} 00:00:00.000000`;
const change = (at: number, city: string | null, more: Partial<Change> = {}): Change => ({ key: ["k"], at: day(at), sequence: 1, deletes: false, values: { name: `n${at}`, city }, ...more });
const spans = (versions: readonly Version[]) => versions.map((one) => `${one.values["city"] ?? "NULL"} ${one.from.slice(0, 10)} ${one.to.slice(0, 10)}${one.current ? " current" : ""}${one.deleted ? " deleted" : ""}`);
const logged = (changes: readonly Change[], dimension: Dimension = typeTwo) => spans(versionsOf(timelinesOfLog(changes, dimension.deletes), dimension));

describe("the reference interpreter", () => {
  it("K1: lets the higher sequence win at one instant", () => {
    expect(logged([change(1, "A", { sequence: 2 }), change(1, "B")])).toEqual(["A 2026-03-01 9999-12-31 current"]);
  });

  it("K2, K3: puts a late change in its place", () => {
    expect(logged([change(1, "A"), change(9, "C"), change(5, "B")])).toEqual(["A 2026-03-01 2026-03-05", "B 2026-03-05 2026-03-09", "C 2026-03-09 9999-12-31 current"]);
  });

  it("K4: takes what is delivered twice once", () => {
    expect(logged([change(1, "A"), change(1, "A")])).toEqual(["A 2026-03-01 9999-12-31 current"]);
  });

  it("K5, K6: ends a version at the deletion and begins another at the return", () => {
    const log = [change(1, "A"), change(3, null, { deletes: true }), change(4, null, { deletes: true }), change(7, "A")];
    expect(logged(log)).toEqual(["A 2026-03-01 2026-03-03", "A 2026-03-07 9999-12-31 current"]);
    expect(logged(log.slice(0, 3))).toEqual(["A 2026-03-01 2026-03-03"]);
    expect(logged(log, { ...typeTwo, deletes: "tombstone" })).toEqual(["A 2026-03-01 2026-03-03", "A 2026-03-03 2026-03-07 deleted", "A 2026-03-07 9999-12-31 current"]);
    expect(logged(log, { ...typeTwo, deletes: "ignore" })).toEqual(["A 2026-03-01 9999-12-31 current"]);
  });

  it("K8, K10, K11: tells A→B→A, NULL→x→NULL and '' from NULL", () => {
    expect(logged([change(1, "A"), change(2, "B"), change(3, "A")])).toHaveLength(3);
    expect(logged([change(1, null), change(2, "x"), change(3, null)])).toHaveLength(3);
    expect(logged([change(1, ""), change(2, null)])).toHaveLength(2);
  });

  it("K9: cuts no version where only Type 1 differs, and shows its last value in all", () => {
    const versions = versionsOf(timelinesOfLog([change(1, "A"), change(2, "A"), change(3, "B")], "close"), typeTwo);
    expect(versions.map((one) => one.values["name"])).toEqual(["n3", "n3"]);
  });

  it("K12, K13: keeps composite keys apart and knows nobody whose key has a NULL", () => {
    expect(logged([change(1, "A", { key: ["a|b", "c"] }), change(1, "A", { key: ["a", "b|c"] }), change(1, "A", { key: ["a", null] })])).toHaveLength(2);
  });

  it("opens first versions to the beginning, but never later than they were", () => {
    const opened: Dimension = { ...typeTwo, firstVersionFrom: "beginning" };
    expect(logged([change(2, "A")], opened)).toEqual(["A 1900-01-01 9999-12-31 current"]);
    expect(logged([change(2, "A"), change(1, "B", { at: "1850-01-01 00:00:00.000000" })], opened)[0]).toMatch("B 1850-01-01");
  });

  it("ends who is missing from an extract at the first one without it", () => {
    const row = (at: number, city: string) => ({ key: ["k"], at: day(at), values: { name: "n", city } });
    expect(spans(versionsOf(timelinesOfExtracts([row(1, "A"), row(4, "A")], [1, 2, 3, 4].map(day)), typeTwo))).toEqual(["A 2026-03-01 2026-03-02", "A 2026-03-04 9999-12-31 current"]);
  });

  it("knows current rows from the run on that saw them", () => {
    const row = (city: string, touched: number) => ({ key: ["k"], touched: day(touched), values: { name: "n", city } });
    const runs = [{ at: day(5), rows: [row("A", 1), row("B", 2)] }, { at: day(6), rows: [] }];
    expect(spans(versionsOf(timelinesOfRuns(runs), typeTwo))).toEqual(["B 2026-03-05 2026-03-06"]);
  });

  it("keeps the first value of Type 0, the one before of Type 3 and the last beside each of Type 6", () => {
    const dimension: Dimension = { ...typeTwo, attributes: [{ name: "city", source: "city", scd: 6, beside: "city_today" }, { name: "first", source: "city", scd: 0 }, { name: "name", source: "city", scd: 3, beside: "name_before" }] };
    const values = (city: string) => ({ values: { city } });
    const versions = versionsOf(timelinesOfLog([change(1, null, values("A")), change(2, null, values("B")), change(3, null, values("A"))], "close"), dimension);
    expect(versions.map((one) => one.values)).toEqual(["A", "B", "A"].map((city) => ({ city, city_today: "A", first: "A", name: "A", name_before: "B" })));
  });

  it("points a fact at the version of its moment, half-open, and at reserved members", () => {
    const versions = versionsOf(timelinesOfLog([change(5, "A"), change(7, "B")], "close"), typeTwo);
    const city = (at: number, early: "unknown" | "first_version" = "unknown", moment: "instant" | "end_of_day" = "instant") => {
      const found = pointed(versions, ["k"], day(at), { early, moment });
      return typeof found === "string" ? found : found.values["city"];
    };
    expect([city(4), city(5), city(6), city(7)]).toEqual(["unknown", "A", "A", "B"]);
    expect(city(4, "first_version")).toBe("A");
    expect([city(5, "unknown", "end_of_day"), city(7, "unknown", "end_of_day"), city(8, "unknown", "end_of_day")]).toEqual(["unknown", "A", "B"]);
    expect(pointed(versions, [null], day(6), { early: "unknown", moment: "instant" })).toBe("not applicable");
    expect(pointed(versions, ["other"], day(6), { early: "unknown", moment: "any" })).toBe("unknown");
  });
});
