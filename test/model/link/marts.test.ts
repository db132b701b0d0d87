import { describe, expect, it } from "vitest";
import { typeText } from "../../../generator/model/logical-type.ts";
import { advice } from "../../support/spec.ts";
import { shop, star, text } from "./star.ts";

const facts = `
dimensions:
  - {name: customer, source: shop.customers, natural_key: customer_id, attributes: [{name: customer_name}]}
fact_tables:
  - name: fact_orders
    grain: order
    source: shop.orders
    event_time: ordered_at
    foreign_keys: [customer, {dimension: dim_date, role: order_date}, {dimension: dim_date, role: ship_date, on: shipped_on}]
    degenerate_dimensions: [status]
    measures:
      - {name: amount}
      - {name: n, aggregation: COUNT}
      - {name: discount, aggregation: AVG}
      - {name: stock, source: quantity, type: semi-additive, over: {order_date: last}}
      - {name: mean, ratio: {numerator: amount, denominator: n}}
  - name: fact_visits
    grain: visit
    source: shop.orders
    foreign_keys: [customer, {dimension: dim_date, role: visit_date, on: ordered_at}]
    measures: [{name: amount}]
  - name: fact_statuses
    grain: status
    grain_key: [status]
    source: orders
    measures: [{name: mean_amount, source: amount, aggregation: AVG}]
marts:
  - name: sales
`;
const mart = (more: string) => star(`${facts}${more.split("\n").map((line) => `    ${line}`).join("\n")}\n`);
const groups = (by: string, from = "fct_orders") => mart(`from: ${from}\nby: ${by}\nmeasures: [n]`);
const measures = (list: string, by = "[status]", from = "fct_orders") => mart(`from: ${from}\nby: ${by}\nmeasures: ${list}`);

describe("the groups of a mart", () => {
  it("are attributes over foreign keys, natural keys, or degenerate dimensions", () => {
    expect(groups("[dim_customer.customer_id, customer.customer_name, order_date.month, status]").mart("mrt_sales").groups.map((one) => [one.name, one.keys])).toEqual([
      ["customer_id", [{ kind: "attribute", foreignKey: "customer_key", dimension: "dim_customer", attribute: "customer_id" }]],
      ["customer_name", [{ kind: "attribute", foreignKey: "customer_key", dimension: "dim_customer", attribute: "customer_name" }]],
      ["month", [{ kind: "attribute", foreignKey: "order_date_key", dimension: "dim_date", attribute: "month" }]],
      ["status", [{ kind: "degenerate", column: "status" }]],
    ]);
  });

  it("need a role where a dimension plays several", () => {
    expect(groups("[dim_date.month]").codes).toEqual(["ambiguous-group marts.0.by.0"]);
    expect(groups("[order_date.month, ship_date.month]").codes).toEqual(["column-clash marts.0.by.1"]);
    expect(groups("[order_date.month, {column: ship_date.month, as: ship_month}]").mart("mrt_sales").groups.map((one) => one.name)).toEqual(["month", "ship_month"]);
  });

  it("are shared by all facts of a drill-across, by role or as the only key to the dimension", () => {
    const found = mart("from: [fct_visits, fct_orders]\nby: [dim_customer.customer_name]\nmeasures: [n, {name: visited, source: fct_visits.amount}]").mart("mrt_sales");
    expect(found.groups[0]?.keys).toHaveLength(2);
    expect(found.measures.map((one) => one.fact)).toEqual([1, 0]);
    expect(groups("[order_date.month]", "[fct_orders, fct_visits]").mart("mrt_sales").groups[0]?.keys.map((one) => (one.kind === "attribute" ? one.foreignKey : ""))).toEqual(["order_date_key", "visit_date_key"]);
  });

  it("are refused where the fact has none of that name", () => {
    expect(groups("[order_date]").codes).toEqual(["unknown-group marts.0.by.0"]);
    expect(groups("[dim_customer.town, colour]").codes).toEqual(["unknown-group marts.0.by.0", "unknown-group marts.0.by.1"]);
  });
});

describe("the measures of a mart", () => {
  it("are aggregated as the fact says: counts are added up, ratios computed from their parts, balances closed by their date", () => {
    expect(measures("[amount, n, discount, mean, stock]").mart("mrt_sales").measures.map((one) => one.value)).toEqual([
      { kind: "aggregate", aggregation: "sum", column: "amount", where: null },
      { kind: "aggregate", aggregation: "sum", column: "n", where: null },
      { kind: "aggregate", aggregation: "avg", column: "discount", where: null },
      { kind: "ratio", numerator: "amount", denominator: "n", where: null },
      { kind: "aggregate", aggregation: "sum", column: "stock", where: null },
    ]);
  });

  it("may aggregate any column, count rows, and be filtered", () => {
    const found = measures("[{name: statuses, source: status, aggregation: COUNT DISTINCT}, {name: rows, aggregation: COUNT}, {name: large, source: amount, where: amount > 5}]", "[]").mart("mrt_sales").measures;
    expect(found.map((one) => (one.value.kind === "aggregate" ? `${one.value.aggregation} ${one.value.column} ${text(one.value.where)}` : ""))).toEqual(["count_distinct status ", "count orders_key ", "sum amount amount > 5"]);
    expect(measures("[{name: statuses, source: status}]").codes).toEqual(["aggregation-missing marts.0.measures.0"]);
  });

  it("are never sums over what cannot be summed, nor averages of averages", () => {
    expect(measures("[{name: stock, aggregation: SUM}]").codes).toEqual(["wrong-sum marts.0.measures.0.aggregation"]);
    expect(measures("[{name: stock, aggregation: SUM}]", "[order_date.date]").codes).toEqual([]);
    expect(measures("[{name: discount, aggregation: SUM}]").codes).toEqual(["wrong-sum marts.0.measures.0.aggregation"]);
    expect(measures("[mean_amount]", "[]", "fct_statuses").codes).toEqual(["wrong-sum marts.0.measures.0"]);
  });

  it("are worked out from others by an expression", () => {
    const found = measures("[amount, {name: per_line, expression: amount / n}, {name: doubled, expression: per_line * 2}, n, {name: place, raw_sql: {duckdb: x, postgres: y}, type: bigint}]").mart("mrt_sales");
    expect(found.measures.map((one) => one.name)).toEqual(["amount", "n"]);
    expect(found.calculations.map((one) => [one.name, text(one.expression), typeText(one.type)])).toEqual([["per_line", "amount / n", "float"], ["doubled", "amount / n * 2", "float"], ["place", "raw", "bigint"]]);
    expect(measures("[n, {name: x, expression: amount + n}]").codes).toEqual(["unknown-column marts.0.measures.1.expression"]);
    expect(measures("[n, {name: x, expression: y + n}, {name: y, expression: n}]").codes).toEqual(["unknown-column marts.0.measures.1.expression"]);
    for (const [list, instead] of [["[n, {name: x, expression: x + n}]", "names those above"], ["[n, {name: x, expression: amount}]", "add amount to measures:"], ["[n, {name: x, expression: fct_orders.n}]", "write n, as the mart calls it. The columns are mrt_sales.n"]]) expect(advice({ "contracts.yaml": shop, "model.yaml": `${facts}    from: fct_orders\n    by: [status]\n    measures: ${list}\n` })[0]).toContain(instead);
    const doubled = Array.from({ length: 40 }, (_, index) => `{name: x${index}, expression: ${index === 0 ? "n + n" : `x${index - 1} + x${index - 1}`}}`);
    expect(measures(`[n, ${doubled.join(", ")}]`).codes).toEqual(["expression-refused marts.0.measures.13.expression"]);
    expect(measures("[n, {name: x, expression: n, where: status = 'a'}]").codes).toEqual(["calculation-of-rows marts.0.measures.1.where"]);
    expect(measures("[n, {name: x, expression: n + 1, type: string}]").codes).toEqual(["measure-type-stated marts.0.measures.1.type"]);
  });

  it("say which fact they mean where several have them", () => {
    expect(measures("[amount]", "[dim_customer.customer_name]", "[fct_orders, fct_visits]").codes).toEqual(["ambiguous-measure marts.0.measures.0"]);
  });
});

describe("windows of a mart", () => {
  it("go along a date and sum sums", () => {
    const found = mart("from: fct_orders\nby: [order_date.date]\nmeasures: [amount]\nrolling: {over: order_date.date, periods: 7, unit: day, measures: [amount]}").mart("mrt_sales");
    expect(found.rolling).toEqual({ over: "date", periods: 7, unit: "day", measures: ["amount"] });
  });

  it("rank by a measure within groups", () => {
    const top = (by: string, within: string) => mart(`from: fct_orders\nby: [status, dim_customer.customer_name]\nmeasures: [amount]\ntop: {by: ${by}, n: 3, within: [${within}]}`);
    expect(top("amount", "status").mart("mrt_sales").top).toEqual({ by: "amount", n: 3, within: ["status"] });
    expect(top("revenue", "stauts").codes).toEqual(["unknown-mart-column marts.0.top.by", "unknown-mart-column marts.0.top.within.0"]);
  });

  it("include members of a dimension that the mart is grouped by", () => {
    expect(mart("from: fct_orders\nby: [dim_customer.customer_name]\nmeasures: [n]\ninclude: customer").mart("mrt_sales").include).toEqual({ dimension: "dim_customer", where: null });
    expect(mart("from: fct_orders\nby: [status]\nmeasures: [n]\ninclude: customer").codes).toEqual(["unknown-include marts.0.include"]);
  });
});

describe("the filters of a mart", () => {
  const filtered = (where: string, from = "fct_orders", more = "") => mart(`from: ${from}\nby: [dim_customer.customer_name]\nmeasures: [n]\nwhere: "${where}"\n${more}`);
  const read = (found: ReturnType<typeof filtered>) => found.mart("mrt_sales").facts.map((one) => [text(one.where), one.keys.map((key) => key.alias).join(" ")]);

  it("name columns of the fact, roles and natural keys", () => {
    expect(read(filtered("status = 'paid' and fct_orders.amount > 5 and order_date.month = 3 and customer.customer_id > 1"))).toEqual([
      ["status = paid and amount > 5 and order_date.month = 3 and dim_customer.customer_id > 1", "dim_customer order_date"],
    ]);
  });

  it("are worked out for each fact, over its own keys", () => {
    expect(filtered("order_date.month = 3", "[fct_visits, fct_orders]").codes).toEqual(["filter-not-shared marts.0.where"]);
    expect(read(filtered("order_date.month = 3", "[fct_orders, fct_visits]"))).toEqual([
      ["order_date.month = 3", "dim_customer order_date"],
      ["visit_date.month = 3", "dim_customer visit_date"],
    ]);
  });

  it("are refused where they are ambiguous, unknown, or what one fact alone has", () => {
    expect(filtered("dim_date.month = 3").codes).toEqual(["ambiguous-column marts.0.where"]);
    expect(filtered("customer_name = 'a'").codes).toEqual(["unknown-column marts.0.where"]);
    expect(filtered("dim_customer.town = 'a'").codes).toEqual(["unknown-column marts.0.where"]);
    expect(filtered("colour.name = 'a'").codes).toEqual(["unknown-column marts.0.where"]);
    expect(filtered("status = 'paid'", "[fct_orders, fct_visits]").codes).toEqual(["filter-not-shared marts.0.where"]);
    expect(filtered("amount").codes).toEqual(["not-a-condition marts.0.where"]);
  });

  it("of measures see the fact of the measure only", () => {
    const found = mart("from: [fct_orders, fct_visits]\nby: [dim_customer.customer_name]\nmeasures: [{name: n, where: order_date.year = 2026 and status = 'paid'}]");
    expect(found.mart("mrt_sales").facts.map((one) => one.keys.length)).toEqual([2, 1]);
    const other = mart("from: [fct_orders, fct_visits]\nby: [dim_customer.customer_name]\nmeasures: [{name: seen, source: fct_visits.amount, where: status = 'paid'}]");
    expect(other.codes).toEqual(["filter-not-shared marts.0.measures.0.where"]);
  });

  it("restrict included members by what they say of their dimension alone", () => {
    const members = (where: string, from = "fct_orders") => text(filtered(where, from, "include: customer").mart("mrt_sales").include?.where ?? null);
    expect(members("status = 'paid' and customer.customer_id > 1")).toBe("customer_id > 1");
    expect(members("not (status = 'paid' or customer.customer_id > 1)")).toBe("not customer_id > 1");
    expect(members("status = 'paid' or customer.customer_id > 1")).toBe("");
    expect(members("customer.customer_id > 1 and customer.customer_name <> 'a'", "[fct_orders, fct_visits]")).toBe("customer_id > 1 and customer_name <> a");
  });
});
