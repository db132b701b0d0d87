import { beforeAll, describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const specs = {
  "contract.yaml": `
contracts:
  - name: shop.orders
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer, rename: order_id}
      - {column: ordered_at, type: timestamp}
      - {column: is_gift, type: boolean}
      - {column: channel, type: string}
      - {column: discount, type: "decimal(5,2)"}
  - name: shop.lines
    primary_key: [order_id, line]
    history: append_only
    schema:
      - {column: order_id, type: integer, references: shop.orders.id}
      - {column: line, type: integer}
      - {column: amount, type: "decimal(10,2)"}
`,
  "model.yaml": `
dimensions:
  - name: dim_order_flags
    source: shop.orders
    junk: [is_gift, channel, {name: is_discounted, expression: discount > 0}]
    unknown_member: {channel: Nowhere}
fact_tables:
  - name: fact_orders
    grain: order
    grain_statement: One row per order
    source: shop.orders
    event_time: ordered_at
    foreign_keys: [dim_order_flags]
    degenerate_dimensions: [order_id]
    measures: [{name: gifts, expression: "case when dim_order_flags.is_gift then 1 else 0 end", type: additive, aggregation: SUM}]
  - name: fact_lines
    grain: line
    grain_statement: One row per line
    source: shop.lines
    joins: [shop.orders]
    foreign_keys: [dim_order_flags]
    measures: [{name: amount, type: additive, aggregation: SUM}]
marts:
  - {name: mrt_lines_by_channel, from: fct_lines, by: [dim_order_flags.channel], measures: [amount]}
`,
  "pipeline.yaml": "pipeline: {name: shop, owner: shop, schedule: '@daily', extract: {source_system: shop, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: shop}",
};

const loaded = ["file", "1", "2026-07-02 00:00:00"];
const metadata = ["_source", "_source_row", "_extracted_at"];

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  const orders = [
    ["1", "2026-07-01 10:00:00", "true", "web", "5.00"],
    ["2", "2026-07-01 11:00:00", "true", "web", "0"],
    ["3", "2026-07-01 12:00:00", "true", "web", "7"],
    ["4", "2026-07-01 13:00:00", null, null, null],
    ["5", "2026-07-01 14:00:00", "false", "", "0.00"],
  ];
  const lines = [["1", "1", "10"], ["1", "2", "20"], ["4", "1", "40"], ["3", "1", "30"]];
  for (const one of warehouses) {
    await one.land("orders", ["id", "ordered_at", "is_gift", "channel", "discount", ...metadata], orders.map((row) => [...row, ...loaded]));
    await one.land("lines", ["order_id", "line", "amount", ...metadata], lines.map((row) => [...row, ...loaded]));
    await one.build();
  }
}, 60_000);

describe("a junk dimension", () => {
  it("has a row for each combination that occurs, a missing flag being a value, and the reserved rows", async () => {
    for (const one of warehouses) {
      expect(await one.rows("select is_gift, channel, is_discounted from dim_order_flags where order_flags_key not in ('-1', '-2') order by is_gift nulls last, is_discounted")).toEqual([
        ["false", "", "false"],
        ["true", "web", "false"],
        ["true", "web", "true"],
        [null, null, null],
      ]);
      expect(await one.rows("select is_gift, channel from dim_order_flags where order_flags_key = '-1'")).toEqual([[null, "Nowhere"]]);
    }
  });

  it("is pointed to by a key that follows from the flags, in every fact that has them", async () => {
    for (const one of warehouses) {
      const flags = "select row.order_id, flags.is_gift, flags.channel, flags.is_discounted from fct_orders as row left join dim_order_flags as flags on row.order_flags_key = flags.order_flags_key order by 1";
      expect(await one.rows(flags.replaceAll("row.", "fact.").replace("as row", "as fact"))).toEqual([
        ["1", "true", "web", "true"],
        ["2", "true", "web", "false"],
        ["3", "true", "web", "true"],
        ["4", null, null, null],
        ["5", "false", "", "false"],
      ]);
      expect(await one.rows("select sum(gifts) from fct_orders")).toEqual([["3"]]);
      expect(await one.rows("select channel, amount from mrt_lines_by_channel order by 2")).toEqual([[null, "40.00"], ["web", "60.00"]]);
    }
  });

  it("is no dimension of members, and stands with facts that have its flags", () => {
    const with_ = (from: string, to: string): readonly string[] => linked({ ...specs, "model.yaml": specs["model.yaml"].replace(from, to) }).codes;
    expect(with_("junk: [is_gift", "natural_key: order_id\n    junk: [is_gift")).toContain("junk-with-members dimensions.0.natural_key");
    expect(with_("    joins: [shop.orders]\n", "")).toContain("flags-elsewhere fact_tables.1.foreign_keys.0");
    expect(with_("foreign_keys: [dim_order_flags]", "foreign_keys: [{dimension: dim_order_flags, on: channel}]")).toContain("key-columns fact_tables.0.foreign_keys.0.on");
  });
});
