import { beforeAll, describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const specs = (grain: string, timezone: string): { readonly [name: string]: string } => ({
  "contract.yaml": `
contract:
  name: shop.visits
  primary_key: [id]
  history: append_only
  schema:
    - {column: id, type: integer, rename: visit_id}
    - {column: came_at, type: timestamp, zone: UTC}
    - {column: alarm, type: time}
    - {column: day, type: date}
`,
  "model.yaml": `
fact_table:
  name: fact_visits
  grain: visit
  grain_statement: One row per visit
  source: shop.visits
  event_time: came_at
  foreign_keys: [dim_time, {dimension: dim_time, role: alarm, on: alarm}]
  degenerate_dimensions: [visit_id]
`,
  "pipeline.yaml": "pipeline: {name: shop, owner: shop, schedule: '@daily', extract: {source_system: shop, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": `settings: {project: shop, time_grain: ${grain}, timezone: ${timezone}}`,
});

const visits = [
  ["1", "2026-07-01 21:59:30", "00:00:00", "2026-07-01"],
  ["2", "2026-01-01 05:08:09", "23:59:59", "2026-07-01"],
  ["3", null, null, null],
];

describe.each([
  ["minute", "UTC", [["1", "2159", "0"], ["2", "508", "2359"], ["3", "-2", "-2"]], 1440],
  ["second", "Europe/Oslo", [["1", "235930", "0"], ["2", "60809", "235959"], ["3", "-2", "-2"]], 86_400],
] as const)("times of day by the %s in %s", (grain, timezone, keys, count) => {
  let warehouses: readonly TestWarehouse[] = [];
  beforeAll(async () => {
    const files = specs(grain, timezone);
    warehouses = await openWarehouses(files);
    for (const one of warehouses) {
      await one.land("visits", ["id", "came_at", "alarm", "day", "_source", "_source_row", "_extracted_at"], visits.map((row) => [...row, "file", "1", "2026-07-02 00:00:00"]));
      await one.build("table");
    }
  }, 60_000);

  it("have a row each, and the reserved ones", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select count(*), count(distinct time_key) from dim_time")).toEqual([[String(count + 2), String(count + 2)]]);
      expect(await one.rows("select time_name, hour, day_part from dim_time where time_key in (-1, -2) or (hour = 18 and minute = 5) order by time_key limit 3")).toEqual([
        ["Not applicable", null, "Not applicable"],
        ["Unknown", null, "Unknown"],
        [grain === "minute" ? "18:05" : "18:05:00", "18", "Evening"],
      ]);
    }
  });

  it("are pointed to by the wall clock of the project's zone", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select visit_id, time_key, alarm_time_key from fct_visits order by 1"), one.engine.dialect.name).toEqual(keys);
      expect(await one.rows("select visit_id from fct_visits where time_key not in (select time_key from dim_time) or alarm_time_key not in (select time_key from dim_time)")).toEqual([]);
    }
  });
});

describe("a key of dim_time", () => {
  it("needs a time, and not a day", () => {
    const files = specs("minute", "UTC");
    const on = (key: string): readonly string[] => linked({ ...files, "model.yaml": String(files["model.yaml"]).replace("on: alarm", `on: ${key}`) }).codes;
    expect(on("day")).toEqual(["time-without-column fact_table.foreign_keys.1.on"]);
    expect(on("visit_id")).toEqual(["not-a-time fact_table.foreign_keys.1.on"]);
  });
});
