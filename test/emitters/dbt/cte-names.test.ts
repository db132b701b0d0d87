import { beforeAll, describe, expect, it } from "vitest";
import { cteNames } from "../../../generator/emitters/dbt/sql/cte-names.ts";
import { sqlModel } from "../../../generator/emitters/dbt/sql/query.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

/** Specs in which every object bears the name of a step of generated queries. */
const specs = {
  "contracts.yaml": `
contracts:
  - name: shop.events
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer}
      - {column: member, type: integer, references: shop.versions.member}
      - {column: step, type: integer, references: shop.keyed.step}
      - {column: day, type: date}
      - {column: amount, type: "decimal(10,2)"}
  - name: shop.keyed
    primary_key: [step]
    schema:
      - {column: step, type: integer}
      - {column: joined, type: integer, references: shop.joined.joined}
      - {column: note, type: string}
  - name: shop.joined
    primary_key: [joined]
    schema: [{column: joined, type: integer}, {column: spans, type: string}]
  - name: shop.versions
    primary_key: [member]
    history: {kind: change_log, effective_at: changed_at, sequence: change_id}
    schema:
      - {column: change_id, type: integer, nullable: false}
      - {column: changed_at, type: timestamp, nullable: false, zone: UTC}
      - {column: member, type: integer}
      - {column: settled, type: string}
`,
  "model.yaml": `
dimensions:
  - {name: dim_members, source: shop.versions, type: 2, natural_key: member, first_version_from: first_seen, attributes: [{name: settled, scd_type: 2}]}
  - {name: dim_grouped, source: shop.keyed, natural_key: step, joins: [shop.joined], attributes: [{name: note}, {name: spans}]}
  - {name: dim_events_opened, source: shop.joined, natural_key: joined, attributes: [{name: spans}]}
  - {name: dim_final, source: shop.keyed, natural_key: step, collapse: {keep: latest, by: [note]}, attributes: [{name: note}]}
fact_tables:
  - name: fact_aggregated
    grain: event
    source: shop.events
    joins: [shop.keyed, shop.joined]
    event_time: day
    foreign_keys:
      - {dimension: dim_members, early_arriving: first_version}
      - {dimension: dim_members, role: ranked}
      - {dimension: dim_grouped, on: shop.events.step}
      - {dimension: dim_final, role: final, on: shop.events.step}
      - {dimension: dim_events_opened, on: shop.joined.joined}
      - {dimension: dim_date, role: keyed, on: day}
    degenerate_dimensions: [{name: note, source: shop.keyed.note}]
    measures: [{name: amount}, {name: doubled, expression: amount + amount}]
  - name: fact_grouped
    grain: day
    source: fact_aggregated
    grain_key: [keyed]
    measures: [{name: amount}]
`,
  "marts.yaml": `
marts:
  - {name: final, from: [fct_aggregated, fct_grouped], by: [keyed.date], measures: [{name: amount, source: fct_aggregated.amount}, {name: daily, source: fct_grouped.amount}]}
  - {name: stacked, from: fct_aggregated, by: [ranked.settled, {column: dim_members.settled, as: combined}], include: dim_members, measures: [amount], where: final.note <> 'c'}
`,
  "pipeline.yaml": "pipeline: {name: all, owner: me, extract: {source_system: shop, connection: 'files:landing/{table}.csv'}}",
  "settings.yaml": "settings: {project: clash, dates: {from: 2026-01-01, to: 2026-12-31}}",
};

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await one.land("events", ["id", "member", "step", "day", "amount", "_extracted_at"], [
      ["1", "1", "7", "2026-03-01", "10.00", "2026-03-09 00:00:00"],
      ["2", "1", "8", "2026-03-02", "5.00", "2026-03-09 00:00:00"],
    ]);
    await one.land("keyed", ["step", "joined", "note", "_extracted_at"], [["7", "3", "a", null], ["8", "4", "b", null]]);
    await one.land("joined", ["joined", "spans", "_extracted_at"], [["3", "x", null], ["4", "y", null]]);
    await one.land("versions", ["change_id", "changed_at", "member", "settled", "_extracted_at"], [["1", "2026-03-02 00:00:00", "1", "yes", null]]);
    await one.build("table");
  }
}, 60_000);

describe("objects named like the steps of queries", () => {
  it("build, and mean what they say", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select amount, daily from mrt_final order by 1")).toEqual([["5.00", "5.00"], ["10.00", "10.00"]]);
      expect(await one.rows("select settled, combined, amount from mrt_stacked order by 1, 2")).toEqual([["Unknown", "yes", "10.00"], ["yes", "yes", "5.00"]]);
      expect(await one.rows("select note, doubled from fct_aggregated order by 1")).toEqual([["a", "20.00"], ["b", "10.00"]]);
    }
  });

  it("never bear a name twice in a query", () => {
    for (const one of warehouses) {
      for (const [name, sql] of one.models) {
        const ctes = [...sql.matchAll(/^"?([a-z_0-9]+)"? as \($/gm)].map((match) => match[1]);
        expect(new Set(ctes).size, name).toBe(ctes.length);
      }
    }
  });
});

describe("names of relations", () => {
  it("are the first free one of those wanted, else the last with a number", () => {
    const names = cteNames();
    expect(["orders", "orders", "final", "customer_opened"].map((one) => names.hand(one, "shop_orders"))).toEqual(["orders", "shop_orders", "shop_orders_2", "shop_orders_3"]);
  });

  it("are checked once more where a query is printed", () => {
    const cte = { kind: "select", name: "final", selects: [{ columns: [{ sql: "1", as: "x" }], from: null }] } as const;
    expect(() => sqlModel("x.sql", { config: [], ctes: [cte, cte] }, [], null)).toThrow("two CTEs of one name");
  });
});
