import { expect, it } from "vitest";
import { decided } from "./support.ts";

const specs = (measures: string): string => `
contract:
  name: shop.orders
  primary_key: [id]
  history: append_only
  schema: [{column: id, type: integer}, {column: ordered_at, type: timestamp, nullable: false}]
fact_tables:
  - {name: fact_orders, grain: order, source: shop.orders, foreign_keys: [{dimension: dim_date, role: order_date, on: ordered_at}], degenerate_dimensions: [id], measures: [{name: n, expression: 1, aggregation: SUM, type: additive}]}
marts:
  - {name: mrt_days, from: fact_orders, by: [order_date.date], measures: ${measures}, rolling: {over: date, periods: 7, unit: day}}
settings: {timezone: UTC, dates: {from: 2020-01-01, to: 2030-12-31}}
`;

it("refuses a measure that is named like a moving sum", () => {
  expect(decided(specs("[n, {name: n_rolling_7_day, expression: n + 1}]")).codes).toEqual(["name-collision marts.0.rolling"]);
  expect(decided(specs("[n, {name: n_rolling_8_day, expression: n + 1}]")).codes).toEqual([]);
});
