import { describe, expect, it } from "vitest";
import { typeText } from "../../../generator/model/logical-type.ts";
import { star, text } from "./star.ts";

const base = (measures: string): string => `
dimensions:
  - {name: product, source: shop.products, natural_key: product_id, type: 2, attributes: [{name: price}]}
fact_tables:
  - name: fact_orders
    grain: order
    source: shop.orders
    event_time: ordered_at
    foreign_keys: [product, {dimension: dim_date, role: order_date}]
    degenerate_dimensions: [status, customer_id]
    measures: [${measures}]
`;
const rollup = (measures: string): string => `${base("{name: amount}, {name: line_count, aggregation: COUNT}, {name: stock, source: quantity, type: semi-additive, over: {order_date: last}}, {name: discount, aggregation: AVG}")}
  - name: statuses
    grain: status
    grain_key: [status]
    source: orders
    measures: [${measures}]
`;
const valuesOf = (yaml: string, fact: string): readonly string[] =>
  star(yaml).fact(fact).measures.map((one) => `${one.name}: ${one.value.kind === "rollup" ? `${one.value.aggregation} of ` : ""}${text(one.value.expression)} ${typeText(one.type)}`);

describe("a measure", () => {
  it("is the column of its name, summed, unless it says otherwise", () => {
    const [amount] = star(base("{name: amount}")).fact("fct_orders").measures;
    expect(amount).toMatchObject({ additivity: "additive", aggregation: "sum", unit: "NOK" });
  });

  it("may be computed from columns, earlier measures and attributes of the member that a key points to", () => {
    expect(valuesOf(base("{name: net, expression: amount - discount}, {name: list, expression: quantity * dim_product.price}, {name: lost, expression: list - net}"), "fct_orders")).toEqual([
      "net: orders.amount - orders.discount decimal(15,4)",
      "list: orders.quantity * dim_product.price decimal(20,2)",
      "lost: orders.quantity * dim_product.price - orders.amount - orders.discount decimal(23,4)",
    ]);
  });

  it("counts rows as 1, and 0 where a filter leaves them out", () => {
    expect(valuesOf(base(`{name: n, aggregation: COUNT}, {name: paid, aggregation: COUNT, where: "status = 'paid'"}`), "fct_orders")).toEqual(["n: 1 integer", "paid: case when orders.status = paid then 1 else 0 integer"]);
  });

  it("keeps a filter as part of its value, so that rows stay: 0 in a sum, NULL in any other aggregate", () => {
    expect(valuesOf(base("{name: large, source: amount, where: amount > 100}"), "fct_orders")).toEqual(["large: case when orders.amount > 100 then orders.amount else 0 decimal(12,2)"]);
    expect(valuesOf(base("{name: large, source: amount, where: amount > 100, aggregation: MAX}"), "fct_orders")).toEqual(["large: case when orders.amount > 100 then orders.amount else  decimal(12,2)"]);
  });

  it("tells a column from an earlier measure of the same name and another value", () => {
    expect(star(base("{name: amount, expression: shop.orders.amount * 2}, {name: more, expression: amount + 1}")).codes).toEqual(["ambiguous-column fact_tables.0.measures.1.expression"]);
    expect(star(base("{name: amount}, {name: more, expression: amount + 1}")).codes).toEqual([]);
  });

  it("keeps a ratio as its parts", () => {
    const measures = star(base("{name: amount}, {name: quantity}, {name: mean, ratio: {numerator: amount, denominator: quantity}}")).fact("fct_orders").measures;
    expect(measures[2]).toMatchObject({ additivity: "non_additive", ratio: { numerator: "amount", denominator: "quantity" } });
    expect(star(base("{name: mean, ratio: {numerator: amount, denominator: quantity}}")).codes).toEqual(["unknown-part fact_tables.0.measures.0.ratio.numerator", "unknown-part fact_tables.0.measures.0.ratio.denominator"]);
  });

  it("is refused where its aggregation contradicts its additivity or its type", () => {
    expect(star(base("{name: discount, type: non-additive, aggregation: SUM}")).codes).toEqual(["additivity-mismatch fact_tables.0.measures.0.additivity"]);
    expect(star(base("{name: discount, type: additive, aggregation: AVG}")).codes).toEqual(["additivity-mismatch fact_tables.0.measures.0.additivity"]);
    expect(star(base("{name: stock, source: quantity, type: semi-additive}")).codes).toEqual(["semi-additive-over fact_tables.0.measures.0.name"]);
    expect(star(base("{name: total, source: status}")).codes).toEqual(["measure-type fact_tables.0.measures.0.name"]);
    expect(star(base("{name: last_order_at, source: ordered_at, aggregation: MAX}")).codes).toEqual([]);
  });
});

describe("a measure of a roll-up", () => {
  it("aggregates columns of the source, or is computed from its own measures afterwards", () => {
    expect(valuesOf(rollup("{name: amount}, {name: orders, aggregation: COUNT}, {name: doubled, expression: discount * 2, aggregation: AVG}, {name: mean, expression: \"amount / nullif(orders, 0)\", type: non-additive}"), "fct_statuses")).toEqual([
      "amount: sum of orders.amount decimal(38,2)",
      "orders: count of 1 bigint",
      "doubled: avg of orders.discount * 2 float",
      "mean: amount / nullif(orders, 0) float",
    ]);
  });

  it("adds counts up instead of counting them again, and filters before it aggregates", () => {
    expect(valuesOf(rollup("{name: line_count, source: line_count, aggregation: COUNT}, {name: few, source: amount, where: amount < 5}"), "fct_statuses")).toEqual([
      "line_count: sum of orders.line_count bigint",
      "few: sum of case when orders.amount < 5 then orders.amount else 0 decimal(38,2)",
    ]);
    expect(valuesOf(rollup("{name: amount}, {name: few, expression: amount, where: amount < 5}"), "fct_statuses")[1]).toBe("few: sum of case when orders.amount < 5 then orders.amount else 0 decimal(38,2)");
  });

  it("never sums what cannot be summed", () => {
    expect(star(rollup("{name: discount, aggregation: SUM}")).codes).toEqual(["additivity-mismatch fact_tables.1.measures.0.aggregation"]);
    expect(star(rollup("{name: stock}")).codes).toEqual(["additivity-mismatch fact_tables.1.measures.0.name"]);
    expect(star(rollup("{name: n, aggregation: COUNT}, {name: odd, expression: n * amount}")).codes).toEqual(["mixed-rollup fact_tables.1.measures.1.expression"]);
  });
});
