import { describe, expect, it } from "vitest";
import { processesOf } from "./events.ts";
import type { Event } from "./events.ts";
import { entriesOf, keptRows, lateRows, loadedRows } from "./loads.ts";
import type { Run, Window } from "./loads.ts";
import { by, closed, count, groupsOf, sum } from "./marts.ts";

const runs: readonly Run[] = [{ at: "1", rows: new Map([["a", ["a", "5"]], ["b", ["b", "1"]]]) }, { at: "2", rows: new Map([["a", ["a", "6"]]]) }, { at: "3", rows: new Map([["a", ["a", "6"]]]) }, { at: "4", rows: new Map([["a", ["a", "6"]], ["b", ["b", "1"]]]) }];

describe("facts that remember", () => {
  it("keep what is gone as it was, with the run that first missed it, until it is back", () => {
    expect(keptRows(runs.slice(0, 3)).map((one) => [...one.cells, one.deletedAt])).toEqual([["a", "6", null], ["b", "1", "2"]]);
    expect(keptRows(runs).map((one) => one.deletedAt)).toEqual([null, null]);
  });

  it("take back what is gone or differs, and book it anew", () => {
    const told = entriesOf(runs, (cells) => cells.map((one, index) => (index === 1 ? `-${one}` : one))).map(({ cells, number, type, at }) => [...cells, number, type, at].join(" "));
    expect(told).toEqual(["a 5 1 original 1", "a -5 2 reversal 2", "a 6 3 correction 2", "b 1 1 original 1", "b -1 2 reversal 2", "b 1 3 correction 4"]);
  });

  it("load what lies in a window, its first moment included, and whatever has no load time; the rest is late", () => {
    const rows = new Map([["a", { cells: ["1"], at: "5" }], ["b", { cells: ["2"], at: "4" }], ["c", { cells: ["3"], at: null }]]);
    const windows: readonly Window[] = [{ since: null, rows: new Map([["b", { cells: ["0"], at: "3" }]]) }, { since: "5", rows }];
    expect([...loadedRows(windows)].map(([key, one]) => [key, ...one.cells].join(" ")).sort()).toEqual(["a 1", "b 0", "c 3"]);
    expect(lateRows(rows, loadedRows(windows), "5")).toEqual(["b"]);
  });
});

it("takes the event with the highest number of each kind, even without a time, and of all else what was told last", () => {
  const event = (number: number, type: string, at: string | null, who: string | null): Event => ({ process: 1, type, at, number, id: number, told: { who } });
  const [found] = processesOf([event(3, "sent", null, null), event(1, "sent", "10", "x"), event(2, "placed", "09", "y")]);
  expect([found?.reached.get("sent"), found?.reached.get("placed"), found?.told["who"]]).toEqual([null, "09", "y"]);
});

describe("marts", () => {
  const row = (group: string | null, share: number, numbers: Readonly<Record<string, number | null>>) => ({ group: [group], share, numbers });

  it("group NULLs together, share sums and counts out, and divide sums", () => {
    const rows = [row(null, 1, { amount: 4, day: 1 }), row(null, 0.5, { amount: 8, day: 1 }), row("a", 1, { amount: null, day: 1 })];
    expect(groupsOf(rows, [sum("amount", "shared"), sum("amount"), count(null, "shared"), count("amount"), by(sum("amount"), count("amount"))])).toEqual([{ group: [null], values: [8, 12, 1.5, 2, 6] }, { group: ["a"], values: [null, null, 1, 0, null] }]);
  });

  it("close balances by the days that all groups have, and never add them up over days", () => {
    const rows = [row("a", 1, { balance: 1, day: 1 }), row("a", 1, { balance: 2, day: 1 }), row("a", 1, { balance: 7, day: 2 }), row("b", 1, { balance: 8, day: 2 })];
    expect(groupsOf(rows, (["last", "first", "mean", "least", "greatest"] as const).map((how) => closed("balance", how, () => null)))).toEqual([{ group: ["a"], values: [7, 3, 5, 3, 7] }, { group: ["b"], values: [8, null, 4, 8, 8] }]);
  });

  it("share balances out, and close nothing for those who left before the last day of all", () => {
    const rows = [row("a", 0.5, { balance: 4, day: 1 }), row("b", 0.5, { balance: 4, day: 1 }), row("b", 1, { balance: 6, day: 2 })];
    expect(groupsOf(rows, (["last", "first", "mean"] as const).map((how) => closed("balance", how, () => null, "shared"))).map((one) => one.values)).toEqual([[null, 2, 1], [6, 2, 4]]);
  });
});
