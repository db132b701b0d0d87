import { beforeAll, describe, expect, it } from "vitest";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const log = (name: string, history: string): string => `
  - name: crm.${name}
    description: Prices.
    owner: crm
    primary_key: [sku]
    history: ${history}
    schema:
      - {column: sku, type: string, description: Article.}
      - {column: day, type: date, description: Since when.}
      - {column: price, type: integer, description: Price.}
`;

const dimension = (entity: string, source: string): string => `
  - name: dim_${entity}
    description: Prices.
    source: crm.${source}
    type: Type 2
    natural_key: sku
    first_version_from: first_seen
    attributes: [price]
`;

const specs = {
  "contract.yaml": `contracts:${log("prices", "{kind: change_log, effective_at: day}")}${log("lists", "{kind: periodic_extract, extract_date: day}")}
  - name: crm.sales
    description: Sales.
    owner: crm
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer, description: Number.}
      - {column: sku, type: string, description: Article.}
      - {column: sold_on, type: date, description: Day.}
      - {column: sold_at, type: timestamp, description: Time.}
      - {column: paid_at, type: timestamp, clean: [{parse: "%d.%m.%Y %H:%M"}], description: Time.}
      - {column: sent_at, type: timestamp, on_failure: warn, description: Time.}
`,
  "model.yaml": `
dimensions:${dimension("price", "prices")}${dimension("offer", "lists")}
fact_tables:
  - name: fact_sales
    grain: sale
    source: crm.sales
    event_time: sold_at
    foreign_keys:
      - {dimension: dim_price, on: sku}
      - {dimension: dim_price, role: end, on: sku, as_of: sold_on}
      - {dimension: dim_price, role: start, on: sku, as_of: {column: sold_on, dates: start_of_day}}
      - {dimension: dim_offer, on: sku}
      - {dimension: dim_offer, role: late, on: sku, as_of: sold_on}
    degenerate_dimensions:
      - id
      - {name: day, expression: cast(sold_at as date)}
      - {name: hour, expression: "date_part('hour', sold_at)"}
      - {name: month, expression: "date_trunc('month', sold_at)"}
      - {name: days, expression: "date_diff('day', sold_on, paid_at)"}
      - {name: hours, expression: "date_diff('hour', sold_at, paid_at)"}
      - {name: due, expression: "date_add('day', 60, sold_at)"}
      - {name: renewed, expression: "sold_at + interval '6 months'"}
      - {name: hours_later, expression: "date_add('hour', 1440, sold_at)"}
`,
  "pipeline.yaml": "pipeline: {name: crm, owner: crm, schedule: '@daily', extract: {source_system: crm, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: crm, timezone: America/New_York, open_end: null}",
};

const loaded = "2026-07-01 00:00:00";
const priced = [["x", "2026-01-10", "100", loaded], ["x", "2026-01-20", "200", loaded]];

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    for (const table of ["prices", "lists"]) await one.land(table, ["sku", "day", "price", "_extracted_at"], priced);
    await one.land("sales", ["id", "sku", "sold_on", "sold_at", "paid_at", "sent_at", "_extracted_at"], [
      // 23:30 of the 19th in New York, 04:30 of the 20th in UTC: the old price, by the instant as by the day.
      ["1", "x", "2026-01-19", "2026-01-20T04:30:00Z", "19.01.2026 23:30", "2026-01-19 23:30", loaded],
      ["2", "x", "2026-01-20", "2026-01-20 00:00:00", "20.01.2026 00:00", "2026-01-20", loaded],
      ["3", "x", "2026-01-09", "2026-01-09 23:59:59", "20.07.2026 00:00", "no time", loaded],
    ]);
    await one.build();
  }
}, 60_000);

async function prices(one: TestWarehouse, dimension: "price" | "offer", role: string): Promise<readonly (string | null | undefined)[]> {
  const rows = await one.rows(`select d.price from fct_sales f left join dim_${dimension} d on f.${role}${dimension}_key = d.${dimension}_key order by f.id`);
  return rows.map((row) => row[0]);
}

describe("a project far from UTC", () => {
  it("counts a date as the start of its day there, wherever a version begins", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select cast(valid_from as varchar) from dim_price where sku is not null order by 1")).toEqual([["2026-01-10 05:00:00"], ["2026-01-20 05:00:00"]]);
      expect(await one.rows("select cast(valid_to as varchar) from dim_offer where sku is not null order by 1 nulls last")).toEqual([["2026-01-20 05:00:00"], [null]]);
    }
  });

  it("finds the version of an instant, of the end of a day and of its start", async () => {
    for (const one of warehouses) {
      for (const role of ["", "end_", "start_"]) expect(await prices(one, "price", role)).toEqual(["100", "200", null]);
      for (const role of ["", "late_"]) expect(await prices(one, "offer", role)).toEqual(["100", "200", null]);
    }
  });

  it("counts days, months and hours of the day there in expressions too", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select cast(day as varchar), hour, cast(month as varchar), days, hours from fct_sales order by id")).toEqual([
        ["2026-01-19", "23", "2026-01-01 05:00:00", "0", "0"],
        ["2026-01-20", "0", "2026-01-01 05:00:00", "0", "0"],
        ["2026-01-09", "23", "2026-01-01 05:00:00", "192", expect.any(String)],
      ]);
    }
  });

  it("moves an instant by days and months there, by hours as they pass", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select cast(due as varchar), cast(renewed as varchar), cast(hours_later as varchar) from fct_sales where id = 1")).toEqual([["2026-03-21 03:30:00", "2026-07-20 03:30:00", "2026-03-21 04:30:00"]]);
    }
  });

  it("reads a time without an offset there, and takes an offset at its word", async () => {
    for (const one of warehouses) {
      const times = await one.rows("select cast(sold_at as varchar), cast(paid_at as varchar), cast(sent_at as varchar), cast(extracted_at as varchar) from stg_crm__sales order by id");
      expect(times).toEqual([
        ["2026-01-20 04:30:00", "2026-01-20 04:30:00", "2026-01-20 04:30:00", loaded],
        ["2026-01-20 05:00:00", "2026-01-20 05:00:00", "2026-01-20 05:00:00", loaded],
        ["2026-01-10 04:59:59", "2026-07-20 04:00:00", null, loaded],
      ]);
    }
  });
});
