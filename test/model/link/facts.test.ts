import { describe, expect, it } from "vitest";
import { star, text } from "./star.ts";

const dimensions = `
dimensions:
  - {name: customer, source: shop.customers, natural_key: customer_id, attributes: [{name: customer_name}]}
  - {name: product, source: shop.products, natural_key: product_id, type: 2, attributes: [{name: price}]}
  - {name: store, source: shop.stores, natural_key: store_id, attributes: [{name: manager}]}
`;
const orders = (more: string, head = "grain: order"): string => `${dimensions}
fact_tables:
  - name: fact_orders
    ${head}
    source: shop.orders
${more}`;
const keysOf = (yaml: string): readonly string[] =>
  star(yaml).fact("fct_orders").foreignKeys.map(({ name, alias, lookup }) => `${name} (${alias}): ${lookup.kind === "lookup" ? lookup.on.map((one) => `${text(one.value)} = ${one.member}`).join(" and ") : lookup.kind === "inherited" ? lookup.column : lookup.kind === "combination" ? lookup.values.map((one) => text(one.value)).join(" and ") : text(lookup.value)}`);

describe("the grain of a fact", () => {
  it("is the primary key of its source unless it is stated", () => {
    expect(star(orders("")).fact("fct_orders").grain.map((one) => text(one.value))).toEqual(["orders.order_id"]);
    expect(star(orders("    grain_key: [order_id, status]")).fact("fct_orders").grain.map((one) => one.name)).toEqual(["order_id", "status"]);
    expect(star(orders("")).fact("fct_orders")).toMatchObject({ grainStatement: "One row per order", keyColumn: "orders_key", kind: "factless" });
  });

  it("must be declared, and unique by contract", () => {
    expect(star(orders("", "description: x")).codes).toEqual(["fact-without-grain fact_tables.0"]);
    expect(star(orders("    grain_key: [status]")).codes).toEqual(["grain-not-unique fact_tables.0.grain_key"]);
  });
});

describe("the rows of a fact", () => {
  const over = (source: string, key: string): string => star(`
fact_table: {name: moves, grain: row, source: ${source}, grain_key: ${key}, measures: [{name: rows_there, aggregation: COUNT}]}
`).fact("fct_moves").rows.base.reference.kind;
  it("are those of today, or every change or extract where the grain names their time", () => {
    expect([over("shop.stores", "[store_id]"), over("shop.stores", "[store_id, day]"), over("shop.products", "[product_id]"), over("shop.products", "[shop.products.change_id, product_id]"), over("shop.products", "[product_id, changed_at]")]).toEqual(["current", "staging", "current", "staging", "staging"]);
  });
});

describe("foreign keys", () => {
  it("are named as the dimension calls its key", () => {
    const named = orders("    foreign_keys: [customer, {dimension: customer, role: buyer}]").replace("natural_key: customer_id,", "natural_key: customer_id, surrogate_key: customer_sk,");
    expect(keysOf(named)).toEqual(["customer_sk (dim_customer): orders.customer_id = customer_id", "buyer_customer_sk (buyer): orders.customer_id = customer_id"]);
  });

  it("are found by the contract's references, or by the name of the natural key", () => {
    expect(keysOf(orders("    event_time: ordered_at\n    foreign_keys: [customer, dim_product, dim_store]"))).toEqual([
      "customer_key (dim_customer): orders.customer_id = customer_id",
      "product_key (dim_product): orders.product_id = product_id",
      "store_key (dim_store): orders.store_id = store_id",
    ]);
  });

  it("take columns that joins hold equal for one", () => {
    const limits = "\ncontract: {name: shop.limits, primary_key: [holder], schema: [{column: holder, type: integer, references: shop.customers.id}, {column: credit, type: integer}]}\n";
    expect(keysOf(orders("    joins: [shop.customers, shop.limits]\n    foreign_keys: [customer]") + limits)).toEqual(["customer_key (dim_customer): orders.customer_id = customer_id"]);
  });

  it("play roles, each with its own column", () => {
    const more = "    event_time: ordered_at\n    foreign_keys:\n      - {dimension: customer, role: payer, on: customer_id}\n      - {dimension: dim_date, role: ship, on: shipped_on}\n      - {dimension: dim_date, role: shipped_on}\n      - dim_date";
    expect(keysOf(orders(more))).toEqual(["payer_customer_key (payer): orders.customer_id = customer_id", "ship_date_key (ship): orders.shipped_on", "shipped_on_date_key (shipped_on): orders.shipped_on", "date_key (dim_date): orders.ordered_at"]);
    expect(star(orders("    event_time: ordered_at\n    foreign_keys: [dim_date, date]")).codes).toEqual(["role-clash fact_tables.0.foreign_keys.1"]);
  });

  it("look versions up at the event time, or at a stated one", () => {
    const asOf = (more: string): unknown => {
      const [key] = star(orders(more)).fact("fct_orders").foreignKeys;
      return key?.lookup.kind === "lookup" && key.lookup.asOf !== null ? [text(key.lookup.asOf.value), key.lookup.asOf.precision, key.lookup.asOf.dates] : null;
    };
    expect(asOf("    event_time: ordered_at\n    foreign_keys: [product]")).toEqual(["orders.ordered_at", "instant", "end_of_day"]);
    expect(asOf("    foreign_keys: [{dimension: product, as_of: {column: shipped_on, dates: start_of_day}}]")).toEqual(["orders.shipped_on", "date", "start_of_day"]);
    expect(asOf("    foreign_keys: [customer]")).toBeNull();
    expect(star(orders("    foreign_keys: [product]")).codes).toEqual(["as-of-missing fact_tables.0.foreign_keys.0"]);
  });

  it("warn of an as_of without versions", () => {
    const { codes, fact } = star(orders("    foreign_keys: [{dimension: customer, as_of: {column: ordered_at}}]"));
    expect(codes).toEqual(["as-of-unused fact_tables.0.foreign_keys.0.as_of"]);
    expect(fact("fct_orders").foreignKeys).toHaveLength(1);
  });

  it("refuse wall-clock times and columns of another type", () => {
    expect(star(orders("    event_time: walked_at\n    foreign_keys: [product]")).codes).toEqual(["undeclared-zone fact_tables.0.event_time"]);
    expect(star(orders("    foreign_keys: [{dimension: customer, on: status}]")).codes).toEqual(["key-type-mismatch fact_tables.0.foreign_keys.0"]);
    expect(star(orders("    foreign_keys: [{dimension: customer, on: [customer_id, status]}]")).codes).toEqual(["key-columns fact_tables.0.foreign_keys.0.on"]);
  });

  it("do not complain of a dimension that was refused itself", () => {
    const yaml = "\ndimensions:\n  - {name: customer, source: shop.nobody, natural_key: customer_id}\nfact_table:\n  name: orders\n  grain: order\n  source: shop.orders\n  foreign_keys: [customer]\n";
    expect(star(yaml).codes).toEqual(["unknown-source dimensions.0.source"]);
  });
});

describe("a roll-up", () => {
  const rollup = (more: string): string => `${orders("    event_time: ordered_at\n    foreign_keys: [customer, {dimension: dim_date, role: order_date}]\n    degenerate_dimensions: [status]\n    measures: [{name: amount}, {name: discount, aggregation: AVG}]")}
  - name: days
    grain: customer and day
    source: fact_orders
    grain_key: [customer, order_date]
${more}`;

  it("groups by its grain and takes the keys over that the grain names", () => {
    const fact = star(rollup("    measures: [{name: amount}]")).fact("fct_days");
    expect(fact.rollup).toBe(true);
    expect(fact.grain.map((one) => one.name)).toEqual(["customer_key", "order_date_key"]);
    expect(fact.foreignKeys.map((one) => [one.name, one.lookup.kind])).toEqual([["customer_key", "inherited"], ["order_date_key", "inherited"]]);
  });

  it("cannot have a key or a join that nothing in its rows leads to", () => {
    expect(star(rollup("    foreign_keys: [store]")).codes).toEqual(["rollup-key fact_tables.1.foreign_keys.0.dimension"]);
    expect(star(rollup("    foreign_keys: [{dimension: dim_date, role: shipped_on}]")).codes).toEqual(["rollup-key fact_tables.1.foreign_keys.0.role"]);
    expect(star(rollup("    joins: [shop.customers]")).codes).toEqual(["no-join fact_tables.1.joins.0"]);
    expect(star(rollup("    joins: [{to: shop.orders, on: {order_date_key: quantity}}]")).codes).toEqual(["join-fans-out fact_tables.1.joins.0"]);
  });

  const kept = (more: string): string => `${orders("    event_time: ordered_at\n    foreign_keys: [customer, {dimension: dim_date, role: order_date}]\n    degenerate_dimensions: [status, customer_id, store_id]\n    measures: [{name: amount}]")}
  - name: sums
    grain: customer
    source: fact_orders
    grain_key: [customer_id]
${more}`;

  it("joins and looks up by what its source keeps, where there is one way", () => {
    const found = star(kept("    joins: [shop.customers]\n    foreign_keys: [store, {dimension: customer, role: buyer, on: customer_id}]\n    event_time: ordered_at\n    measures: [{name: amount}]"));
    expect(found.codes).toEqual([]);
    expect(found.inferred).toContain("join of fct_sums: fct_orders.customer_id = shop.customers.customer_id");
    const fact = found.fact("fct_sums");
    expect(fact.rows.joins.map((one) => [one.input.alias, text(one.on[0]?.left ?? null)])).toEqual([["customers", "orders.customer_id"]]);
    expect(fact.foreignKeys.map((one) => [one.name, one.lookup.kind === "lookup" ? text(one.lookup.on[0]?.value ?? null) : ""])).toEqual([
      ["store_key", "orders.store_id"],
      ["buyer_customer_key", "orders.customer_id"],
    ]);
  });

  it("takes a value once that is the same in all rows of its grain, and sums all others", () => {
    const found = star(kept("    joins: [shop.customers]\n    measures: [{name: visits, source: shop.customers.visits}, {name: weighted, expression: amount * shop.customers.visits}, {name: seen, source: shop.customers.visits, aggregation: AVG}]"));
    const measures = found.fact("fct_sums").measures;
    expect(measures.map((one) => [one.name, one.aggregation, one.value.kind === "rollup" ? one.value.aggregation : ""])).toEqual([
      ["visits", "sum", "max"],
      ["weighted", "sum", "sum"],
      ["seen", "avg", "avg"],
    ]);
    expect(found.inferred).toContain("measure of fct_sums: visits once per row");
    expect(star(kept("    joins: [shop.customers]\n    measures: [{name: visits, source: shop.customers.visits, where: amount > 5}]")).codes).toEqual(["repeated-value fact_tables.1.measures.0.where"]);
  });

  it("reads attributes over keys of its source, whether it takes them over or not", () => {
    const fact = star(kept("    where: order_date.month = 3\n    measures: [{name: amount, where: customer.customer_id > 1}]")).fact("fct_sums");
    expect(fact.sourceKeys.map((one) => one.alias)).toEqual(["dim_customer", "order_date"]);
    expect(text(fact.rows.where)).toBe("order_date.month = 3");
    const own = "    foreign_keys: [{dimension: customer, on: customer_id}]\n    event_time: ordered_at\n    measures: [{name: amount, where: dim_customer.customer_id > 1}]";
    expect(star(kept(own)).codes).toEqual(["role-clash fact_tables.1.foreign_keys.0"]);
    expect(star(kept("    measures: [{name: amount, where: dim_store.manager = 'a'}]")).codes).toEqual(["unknown-column fact_tables.1.measures.0.where"]);
  });

  it("does not complain of what was refused in its source, but of what nobody knows", () => {
    const days = (key: string, measure: string): string =>
      `${orders("    degenerate_dimensions: [status]\n    measures: [{name: amuont}]")}\n  - {name: days, grain: status, source: fact_orders, grain_key: [${key}], measures: [${measure}]}\n`;
    expect(star(days("status", "amount")).codes).toEqual(["unknown-column fact_tables.0.measures.0.name"]);
    expect(star(days("stattus", "amount")).codes).toEqual(["unknown-column fact_tables.0.measures.0.name", "unknown-column fact_tables.1.grain_key.0"]);
    const whole = `${orders("    measures: [{name: amount}]").replace("source: shop.orders", "source: shop.ordres")}\n  - {name: days, grain: status, source: fact_orders, grain_key: [status]}\n`;
    expect(star(whole).codes).toEqual(["unknown-source fact_tables.0.source"]);
  });
});

describe("what comes later", () => {
  it("is refused and never half done", () => {
    expect(star(orders("    fact_type: periodic_snapshot\n    period: day\n    entity: customer\n    load: {strategy: merge}")).codes).not.toContain("not-yet fact_tables.0.load.strategy");
    expect(star(orders("    load: {strategy: truncate_reload}")).codes).toEqual([]);
  });

  it("is no number of a contract: it is kept for those who read the fact", () => {
    const { codes, fact } = star(orders("    contract: {version: 2}"));
    expect([codes, fact("fct_orders").contractVersion]).toEqual([[], 2]);
  });
});

describe("a fact over a hand-written model", () => {
  it("has the columns that are declared, and by default their primary key as its grain", () => {
    const yaml = `${dimensions}
models:
  - name: int_visits
    reads: [shop.customers]
    primary_key: [visit_id]
    columns: [{name: visit_id, type: integer}, {name: customer_id, type: integer}, {name: visited_at, type: timestamp}, {name: amount, type: "decimal(10,2)"}]
fact_table:
  name: visits
  grain: visit
  source: ref.int_visits
  event_time: visited_at
  foreign_keys: [customer, {dimension: dim_date, role: visit_date}]
  measures: [{name: amount}]
`;
    const fact = star(yaml).fact("fct_visits");
    expect(fact.rows.base).toEqual({ alias: "visits", reference: { kind: "model", id: "int_visits", model: "int_visits" } });
    expect(fact.eventTime).toMatchObject({ column: "visited_at", precision: "instant" });
    expect(fact.grain.map((one) => one.name)).toEqual(["visit_id"]);
    const [customer] = fact.foreignKeys;
    expect(customer?.lookup.kind === "lookup" ? text(customer.lookup.on[0]?.value ?? null) : "").toBe("visits.customer_id");
    expect(text(fact.measures[0]?.value.expression ?? null)).toBe("visits.amount");
    expect(star(yaml.replace("    primary_key: [visit_id]\n", "")).codes).toEqual(["grain-without-key fact_table"]);
    expect(star(yaml.replace("ref.int_visits", "ref.int_visit")).codes).toEqual(["undeclared-model fact_table.source"]);
    expect(star(yaml.replace("ref.int_visits", "\"ref.int visits\"")).codes).toEqual(["model-name fact_table.source"]);
    expect(star(yaml.replace("name: amount}]", "name: amont}]")).codes).toEqual(["unknown-column fact_table.measures.0.name"]);
  });
});
