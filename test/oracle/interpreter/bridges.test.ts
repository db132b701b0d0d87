import { describe, expect, it } from "vitest";
import { belongings, spansOf } from "./bridges.ts";
import type { Membership, Span } from "./bridges.ts";
import { BEGINNING, OPEN_END } from "./types.ts";
import type { Version } from "./types.ts";

const day = (number: number) => `2026-03-${String(number).padStart(2, "0")} 00:00:00.000000`;
const version = (key: string, from: string, to: string): Version => ({ key: [key], values: {}, opened: from, first: true, from, to, current: to === OPEN_END, deleted: false, inferred: false });
const a = [version("a", BEGINNING, day(5)), version("a", day(7), OPEN_END)];
const known = (key: readonly unknown[]) => (key[0] === "a" ? a : []);
const member = (key: string, from: string, to: string, share: number | null = null): Membership => ({ member: [key], from, to, share });
const told = (spans: readonly Span[]) => spans.map(({ from, to, members }) => `${from.slice(0, 10)} ${to.slice(0, 10)} ${members.map((one) => `${one.member === null ? "?" : one.member.from.slice(0, 10)} ${one.weight}`).join(", ")}`);

describe("bridges", () => {
  it("take those who are not known for one, and give a group that has nobody one such member", () => {
    expect(belongings([member("a", BEGINNING, OPEN_END, 0.5), member("x", BEGINNING, OPEN_END, 0.25), member("y", BEGINNING, OPEN_END, 0.25)], (key) => known(key)[0] ?? null).map((one) => [one.member?.key[0] ?? null, one.weight])).toEqual([["a", 0.5], [null, 0.5]]);
    expect(belongings([], () => null)).toEqual([{ member: null, weight: 1 }]);
  });

  it("cut the time of a group where somebody joins or leaves, and where a member goes or comes back", () => {
    expect(told(spansOf([member("a", day(1), day(9)), member("x", day(3), OPEN_END)], known, true))).toEqual([
      "1900-01-01 2026-03-03 1900-01-01 1", "2026-03-03 2026-03-05 1900-01-01 0.5, ? 0.5", "2026-03-05 2026-03-07 ? 1", "2026-03-07 2026-03-09 2026-03-07 0.5, ? 0.5", "2026-03-09 9999-12-31 ? 1",
    ]);
  });

  it("leave a gap to nobody, cut nothing where members have no versions, and keep what is older than the beginning", () => {
    expect(told(spansOf([member("a", "1885-01-01 00:00:00.000000", day(2)), member("a", day(3), OPEN_END)], known, false))).toEqual(["1885-01-01 2026-03-02 1900-01-01 1", "2026-03-02 2026-03-03 ? 1", "2026-03-03 9999-12-31 1900-01-01 1"]);
    expect(told(spansOf([], known, true))).toEqual(["1900-01-01 9999-12-31 ? 1"]);
  });
});
