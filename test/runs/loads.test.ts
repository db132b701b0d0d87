import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { withoutTests, withoutUnitTests } from "../support/build.ts";
import { startEngine } from "../support/engines.ts";
import type { Engine } from "../support/engines.ts";
import { dbt, dbtKeepGoing, generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import { contents } from "../support/warehouse.ts";
import { batches, deletedPayments, lateClicks, start } from "./loads-batches.ts";

/** Facts that hold the same rows however they are loaded, and those that remember what their source forgot. */
const exact = ["fct_lines_rebuilt", "fct_lines_merged", "fct_lines_replaced", "fct_visits", "fct_payments_rebuilt", "fct_payments_swapped", "fct_clicks_rebuilt", "fct_clicks_recent"] as const;
const remembering = ["fct_payments_kept", "fct_payments_booked"] as const;
type Table = (typeof exact)[number] | (typeof remembering)[number] | `mrt_${string}`;

describe.each(["duckdb", "postgres"] as const)("loads of facts on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(async () => {
    await engine.stop();
  });

  /** All rows of the facts and marts, by table; keys of facts are called alike, so that loads can be compared. */
  const tables = async (project: Project) => {
    const warehouse = await engine.open(project);
    try {
      const all = await contents(warehouse);
      return (table: Table): readonly string[] => (all.get(`marts.${table}`) ?? []).map((row) => row.replace(/"(lines|payments|clicks)_\w+_key"/g, '"key"'));
    } finally {
      await warehouse.close();
    }
  };

  /** All but the warning of a visit outside of the calendar, which `expectReports` sees: warnings end a run here. */
  const build = (project: Project, run: number, ...more: readonly string[]) => dbt(project, [["build", "--show-all-deprecations", "--exclude", "fct_visits__days_in_calendar", "--vars", vars(run), ...more, ...(run === 2 ? [] : withoutUnitTests)]]);

  it("hold after every batch what a rebuild holds", async () => {
    const project = generateProject(join(root, "fixtures", "loads"), name, await engine.environment("loads"));
    await engine.change(project, start);
    let booked: readonly string[] = [];
    for (const [run, { lines, payments, clicks }] of batches.entries()) {
      await engine.change(project, [...lines, ...payments, ...clicks]);
      build(project, run);
      const found = await tables(project);
      const at = `batch ${run}`;
      expect(found("fct_lines_merged"), `merge, ${at}`).toEqual(found("fct_lines_rebuilt"));
      expect(found("fct_lines_replaced"), `delete+insert, ${at}`).toEqual(found("fct_lines_rebuilt"));
      expect(found("fct_payments_swapped"), `partition swap, ${at}`).toEqual(found("fct_payments_rebuilt"));
      expect(unloaded(found("fct_clicks_recent")), `window, ${at}`).toEqual(found("fct_clicks_rebuilt"));
      expect(held(found("fct_payments_kept")), `soft delete, ${at}`).toEqual(found("fct_payments_rebuilt"));
      expect(sums(found("fct_payments_booked")), `reversal rows, ${at}`).toEqual(sums(found("fct_payments_rebuilt")));
      expect(booked.filter((one) => !found("fct_payments_booked").includes(one)), `entries that are gone, ${at}`).toEqual([]);
      booked = found("fct_payments_booked");
    }
    const before = await tables(project);
    expect(exact.map((one) => before(one).length)).toEqual([5, 5, 5, 4, 4, 4, 5, 5]);
    expect(before("fct_payments_kept").map(deletion).filter((one) => one !== null).sort()).toEqual(deletedPayments);
    expect(before("fct_lines_merged").map(line).sort()).toEqual(["1/1 1 11.00", "1/2 2 null", "2/1 4 48.00", "3/1 1 null", "4/1 5 45.00"]);
    await expectMarts(project);
    build(project, 3, ...withoutTests);
    const again = await tables(project);
    expect([...exact, ...remembering].map(again), "run twice").toEqual([...exact, ...remembering].map(before));
    await expectReports(project, before("fct_lines_rebuilt").length);
    dbt(project, [["build", "--select", "fct_clicks_recent", "--vars", vars(4, { backfill_from: "1900-01-01" })]]);
    const backfilled = await tables(project);
    expect(unloaded(backfilled("fct_clicks_recent")), "backfill").toEqual(backfilled("fct_clicks_rebuilt"));
    build(project, 4, "--full-refresh");
    const refreshed = await tables(project);
    expect(refreshed("fct_lines_merged"), "full refresh").toEqual(refreshed("fct_lines_rebuilt"));
    expect(remembering.map(refreshed), "a full refresh forgets nothing").toEqual(remembering.map(before));
  });

  /** Marts leave deleted rows out unless they ask for them; what was booked adds up to what there is. */
  async function expectMarts(project: Project): Promise<void> {
    const warehouse = await engine.open(project);
    const rows = async (sql: string) => (await warehouse.query(sql)).map((row) => Object.values(row).map((one) => (one === null ? null : one.slice(0, 10))));
    expect(await rows("select date, amount, payment_count from marts.mrt_payments_daily order by 1")).toEqual([["2026-03-02", "175.00", "2"], ["2026-03-03", "35.00", "1"], ["2026-03-05", "60.00", "1"]]);
    expect(await rows("select date, amount, deleted_count from marts.mrt_payments_deleted order by 1")).toEqual([["2026-03-02", "175.00", "0"], ["2026-03-03", "65.00", "1"], ["2026-03-05", "60.00", "0"]]);
    expect(await rows("select date, amount, payments, reversals from marts.mrt_payments_booked order by 1")).toEqual([["2026-03-02", "175.00", "2", "3"], ["2026-03-03", "35.00", "1", "2"], ["2026-03-04", null, "0", "1"], ["2026-03-05", "60.00", "1", "0"]]);
    await warehouse.close();
  }

  /** A source that loses rows which it may not lose is reported, and so are rows that come too late for a window, which then does not hold them, and a day outside of the calendar. */
  async function expectReports(project: Project, lines: number): Promise<void> {
    await engine.change(project, ["delete from raw_shop.order_lines where order_id = 3", ...lateClicks]);
    const [report] = dbtKeepGoing(project, [["build", ...withoutUnitTests, "--vars", vars(4)]]);
    expect((report?.nodes ?? []).filter((one) => one.status === "fail").map((one) => one.id.split(".")[2]).sort()).toEqual(["fct_lines_merged__rows_of_stg_shop__order_lines", "fct_lines_replaced__rows_of_stg_shop__order_lines"]);
    expect((report?.nodes ?? []).filter((one) => one.status === "warn").map((one) => `${one.id.split(".")[2]} ${one.failures}`).sort()).toEqual(["fct_clicks_recent__late_rows 2", "fct_visits__days_in_calendar 1"]);
    const found = await tables(project);
    expect([found("fct_clicks_rebuilt").length, found("fct_clicks_recent").length]).toEqual([6, 5]);
    expect([found("fct_lines_rebuilt").length, found("fct_lines_merged").length]).toEqual([lines - 1, lines]);
  }
});

/** Order, line, pieces and amount of an order line. */
function line(row: string): string {
  const [, order, number, quantity, amount] = /"order_id":"(\d+)","line_number":"(\d+)".*"quantity":"(\d+)","sales_amount":"?([^"}]+)"?/.exec(row) ?? [];
  return `${order}/${number} ${quantity} ${amount}`;
}

/** The day that a run stands for, the midnight after it. */
function vars(run: number, more: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({ as_of_run: `2026-03-${String(run + 3).padStart(2, "0")} 00:00:00`, ...more });
}

/** Rows without the load time that only a fact with a window keeps. */
function unloaded(rows: readonly string[]): readonly string[] {
  return rows.map((row) => row.replace(/,"source_loaded_at":"[^"]*"/, ""));
}

/** Rows that are not marked deleted, without the marks. */
function held(rows: readonly string[]): readonly string[] {
  return rows.flatMap((row) => (deletion(row) === null ? [row.replace(/,"is_deleted".*\}/, "}")] : []));
}

/** The number of a payment that is marked deleted, and since when; null where it is not. */
function deletion(row: string): string | null {
  const [, payment, at] = /"payment_id":"(\d+)".*"is_deleted":"t(?:rue)?","deleted_at":"([^"]+)"/.exec(row) ?? [];
  return payment === undefined || at === undefined ? null : `${payment} ${at.slice(0, 10)}`;
}

/** Sums of the measures by all keys and days, without those that come to nothing. */
function sums(rows: readonly string[]): readonly string[] {
  const totals = new Map<string, readonly [number, number]>();
  for (const row of rows) {
    const [, group = "", amount = "", payments = ""] = /("product_key".*?),"amount":"?([^",]*)"?,"payments":"(-?\d+)"/.exec(row) ?? [];
    const [first, second] = totals.get(group) ?? [0, 0];
    totals.set(group, [first + (amount === "null" ? 0 : Math.round(Number(amount) * 100)), second + Number(payments)]);
  }
  return [...totals].flatMap(([group, [amount, payments]]) => (amount === 0 && payments === 0 ? [] : [`${group}: ${amount}, ${payments}`])).sort();
}
