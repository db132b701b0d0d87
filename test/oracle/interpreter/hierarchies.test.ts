import { describe, expect, it } from "vitest";
import { descents, descentsOverTime } from "./hierarchies.ts";
import { OPEN_END } from "./types.ts";

describe("a hierarchy", () => {
  it("puts everybody below all above, and ends in circles, at unknown parents and at oneself", () => {
    const tree = (...pairs: readonly (readonly [string, string | null])[]) => descents(pairs.map(([key, parent]) => ({ key, parent }))).map((one) => `${one.below}${one.above} ${one.depth} ${one.level}${one.isBottom ? " bottom" : ""}`);
    expect(tree(["a", null], ["b", "a"], ["c", "b"], ["d", "unknown"], ["e", "e"])).toEqual(["aa 0 1", "bb 0 2", "ba 1 1", "cc 0 3 bottom", "cb 1 2 bottom", "ca 2 1 bottom", "dd 0 1 bottom", "ee 0 1 bottom"]);
    expect(tree(["a", "b"], ["b", "a"], ["c", "a"])).toEqual(["aa 0 2", "ab 0 2", "bb 0 2", "ba 0 2", "cc 0 3 bottom", "ca 1 2 bottom", "cb 1 2 bottom"]);
  });

  it("over time is cut wherever a member, anybody above it or anybody right below it changes, goes or comes back", () => {
    const day = (number: number | null) => (number === null ? OPEN_END : `2026-03-0${number}`);
    const all = ([["a", null, 1, null], ["b", "a", 1, 3], ["b", null, 3, 5], ["b", "a", 6, null], ["c", "b", 1, 7], ["c", "b", 7, null]] as const).map(([key, parent, from, to]) => ({ key, parent, from: day(from), to: day(to) }));
    const told = (member: string) => descentsOverTime(all).filter((one) => one.below === member).map(({ from, to, above, depth, level, isBottom }) => `${from.slice(9)} ${to === OPEN_END ? "" : to.slice(9)} ${above} ${depth} ${level}${isBottom ? " bottom" : ""}`);
    expect(told("a")).toEqual(["1 3 a 0 1", "3 6 a 0 1 bottom", "6  a 0 1"]);
    expect(told("b")).toEqual(["1 3 b 0 2", "1 3 a 1 1", "3 5 b 0 1", "6 7 b 0 2", "6 7 a 1 1", "7  b 0 2", "7  a 1 1"]);
    expect(told("c")).toEqual(["1 3 c 0 3 bottom", "1 3 b 1 2 bottom", "1 3 a 2 1 bottom", "3 5 c 0 2 bottom", "3 5 b 1 1 bottom", "5 6 c 0 1 bottom", "6 7 c 0 3 bottom", "6 7 b 1 2 bottom", "6 7 a 2 1 bottom", "7  c 0 3 bottom", "7  b 1 2 bottom", "7  a 2 1 bottom"]);
  });
});
