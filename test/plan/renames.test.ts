import { describe, expect, it } from "vitest";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { formerNames } from "../../generator/model/former-names.ts";
import { planChanges } from "../../generator/plan/plan.ts";
import { edited, line, modelOf, planOf, shop } from "./change.ts";
import { linked } from "../support/spec.ts";

const lines = (...edits: readonly (readonly [string, string])[]): readonly string[] => planOf(...edits).map(line);

describe("renamed_from makes one rename of what would be a removal and an addition", () => {
  it("a column of a contract, with all that bears its name further down", () => {
    expect(lines(["{column: city, type: string", "{column: town, renamed_from: city, type: string"], ["{name: city, scd_type: 2}", "{name: town, scd_type: 2}"], ["dim_customer.city]", "dim_customer.town]"])).toEqual([
      "SC302 breaking shop.customers.town: column renamed",
      "SC302 breaking dim_customer.town: column renamed",
      "SC302 breaking mrt_sales_by_city.town: column renamed",
    ]);
  });

  it("a column of a contract that is read under its old name", () => {
    expect(lines(["{column: amount, type", "{column: price, renamed_from: amount, type"], ["{name: amount, type", "{name: amount, source: price, type"])).toEqual(["SC302 breaking shop.orders.price: column renamed"]);
  });

  it("a part of a key, with the references to it", () => {
    expect(lines(
      ["- {column: customer_id, type: integer, description", "- {column: client_id, renamed_from: customer_id, type: integer, description"],
      ["primary_key: [customer_id]", "primary_key: [client_id]"], ["references: shop.customers.customer_id", "references: shop.customers.client_id"],
      ["natural_key: customer_id", "natural_key: client_id"],
    )).toEqual(["SC302 breaking shop.customers.client_id: column renamed", "SC302 breaking dim_customer.client_id: column renamed"]);
  });

  it("an attribute", () => {
    expect(lines(["{name: customer_name, scd_type: 1}", "{name: full_name, source: customer_name, renamed_from: customer_name, scd_type: 1}"])).toEqual(["SC302 breaking dim_customer.full_name: column renamed"]);
  });

  it("a measure, with the mart's that is made of it", () => {
    expect(lines(["{name: amount, type: additive", "{name: revenue, source: amount, renamed_from: amount, type: additive"], ["measures: [quantity, amount]", "measures: [quantity, {name: amount, source: revenue}]"])).toEqual(["SC302 breaking fct_orders.revenue: column renamed"]);
  });

  it("a dimension, with the keys that point to it", () => {
    const found = lines(["  - name: dim_customer\n", "  - name: dim_client\n    renamed_from: dim_customer\n"], ["[dim_customer, {", "[dim_client, {"], ["dim_customer.city]", "dim_client.city]"]);
    expect(found).toEqual(["SC302 breaking dim_client: renamed", "SC302 breaking fct_orders.client_key: column renamed"]);
  });

  it("a Type 4 dimension, with the history beside it", () => {
    const before = edited(["    type: Type 2\n", "    type: Type 4\n"], ["{name: city, scd_type: 2}", "{name: city, scd_type: 4}"]);
    const after = before.replace("- name: dim_customer\n", "- name: dim_client\n    renamed_from: dim_customer\n").replace("[dim_customer, {", "[dim_client, {").replace("dim_customer.city]", "dim_client.city]");
    const found = planChanges(modelOf(before), modelOf(after), duckdb);
    expect(found.map(line)).toEqual(["SC302 breaking dim_client: renamed", "SC302 breaking dim_client_history: renamed", "SC302 breaking fct_orders.client_key: column renamed", "CC101 cosmetic dim_client_history.description: description changed"]);
    expect(found[1]?.ddl.find(({ action }) => action === "rename_table")?.relations).toEqual(["history.snp_customer_history"]);
    expect(formerNames(modelOf(after)).get("snp_client_history")).toBe("snp_customer_history");
  });

  it("a group of a mart", () => {
    expect(lines(["by: [order_date.year,", "by: [{column: order_date.year, as: order_year, renamed_from: year},"])).toEqual(["SC302 breaking mrt_sales_by_city.order_year: column renamed"]);
  });

  it("a role of a key, by the column it was", () => {
    const found = lines(["role: order_date, on", "role: booking, renamed_from: order_date_key, on"], ["by: [order_date.year,", "by: [booking.year,"]);
    expect(found).toEqual(["SC302 breaking fct_orders.booking_date_key: column renamed"]);
  });

  it("a pipeline, whose files move along, those of its hand-written tasks included", () => {
    const renamed = edited(["{name: daily, owner: ops,", "{name: nightly, renamed_from: daily, tasks: [{name: tell, after: docs}], owner: ops,"]);
    expect(planChanges(modelOf(shop.replace("{name: daily,", "{name: daily, tasks: [{name: tell, after: docs}],")), modelOf(renamed), duckdb).map(line)).toEqual(["SC302 breaking nightly: renamed"]);
    expect([...formerNames(modelOf(renamed))]).toEqual([["nightly", "daily"], ["nightly__tell", "daily__tell"]]);
  });

  it("a contract and a mart", () => {
    const found = lines(["- name: shop.orders", "- name: shop.purchases\n    renamed_from: shop.orders"], ["    source: shop.orders", "    source: shop.purchases"], ["- name: mrt_sales_by_city", "- name: sales_by_town\n    renamed_from: sales_by_city"]);
    expect(found).toContain("SC302 breaking shop.purchases: renamed");
    expect(found).toContain("SC302 breaking mrt_sales_by_town: renamed");
    expect(found.some((one) => /removed|added|XX999|other rows/.test(one))).toBe(false);
  });
});

it("tells a change besides the rename, and nothing where the old name never was", () => {
  expect(lines(["{column: phone, type: string}", "{column: mobile, renamed_from: phone, type: integer}"])).toEqual(["SC302 breaking shop.customers.mobile: column renamed", "SC303 breaking shop.customers.mobile: type changed"]);
  expect(lines(["{column: phone, type: string}", "{column: phone, renamed_from: telephone, type: string}"])).toEqual([]);
});

it("refuses a former name that is still there, or that two take over", () => {
  const { codes } = linked(edited(["{column: phone, type: string}", "{column: phone, renamed_from: city, type: string}"], ["{name: customer_name, scd_type: 1}", "{name: customer_name, renamed_from: name, scd_type: 1}\n      - {name: called, source: customer_name, renamed_from: name}"]));
  expect(codes).toEqual(["unknown-rename contracts.0.schema.3.renamed_from", "unknown-rename dimensions.0.attributes.1.renamed_from"]);
});

it("the old name of a source column is not taken over where a column beside it bears that name", () => {
  const model = modelOf(shop.replace("{column: city, type: string", "{column: town, renamed_from: city, type: string").replace("{name: city, scd_type: 2}", "{name: city, source: town, scd_type: 2}"));
  const [dimension] = model.dimensions.filter(({ name }) => name === "dim_customer");
  expect(dimension?.kind === "table" ? dimension.attributes.map(({ renamedFrom }) => renamedFrom) : null).toEqual([null, null]);
});

describe("versions of a mart", () => {
  const mart = "    measures: [quantity, amount]\n    exposures: [{name: sales_board, type: dashboard, owner: sales}]\n";
  const versioned = (date: string): string => edited([mart, `    measures: [quantity]\n    version: 2\n    earlier_versions: [{version: 1, deprecation_date: ${date}, by: [order_date.year, dim_customer.city], measures: [quantity, amount]}]\n`]);

  it("keep what the mart was beside what it becomes", () => {
    const before = modelOf(shop).marts[0];
    const [latest, first] = modelOf(versioned("2027-03-31")).marts;
    expect([latest?.name, latest?.version]).toEqual(["mrt_sales_by_city", { of: "mrt_sales_by_city", number: 2, latest: true, deprecated: null }]);
    expect([first?.name, first?.version?.deprecated, first?.measures.map(({ name }) => name)]).toEqual(["mrt_sales_by_city_v1", "2027-03-31", before?.measures.map(({ name }) => name)]);
    expect(planChanges(modelOf(shop), modelOf(versioned("2027-03-31")), duckdb).map(line)).toContain("SC201 additive mrt_sales_by_city_v1: mart added");
  });

  it("may be deprecated later, and not sooner without being told of", () => {
    const change = (was: string, is: string): readonly string[] => planChanges(modelOf(versioned(was)), modelOf(versioned(is)), duckdb).map(line);
    expect(change("2027-03-31", "2027-06-30")).toEqual(["CC102 additive mrt_sales_by_city_v1.version: deprecated later", "CC101 cosmetic mrt_sales_by_city_v1.description: description changed"]);
    expect(change("2027-03-31", "2027-01-31")).toContain("SC304 breaking mrt_sales_by_city_v1.version: deprecated sooner");
  });
});

describe("a rename leaves alone what only bears the same word", () => {
  const till = (name: string, fact: string, more = "", columns = ""): string => `
contracts:
  - name: till.sales
    primary_key: [sales]
    history: append_only
    consumers: [sales, customer]
    ${more}
    schema:
      - {column: sales, type: integer}
      - {column: customer, rename: customer_id, type: integer}
      - {column: sold_at, type: timestamp, zone: UTC}
      - {column: status, type: string, checks: [{type: enum, params: {values: [sales, amount]}}]}
      - ${columns === "" ? "{column: amount, type: integer}" : columns}
  - {name: till.customers, primary_key: [id], history: current_state, schema: [{column: id, type: integer}, {column: city, type: string}]}
dimensions: [{name: dim_${name}, source: till.customers, type: Type 1, natural_key: id, attributes: [city], renamed_from: dim_customer}]
fact_tables:
  - name: ${fact}
    renamed_from: fct_sales
    grain: one sale
    source: till.sales
    where: "sales > 0"
    event_time: sold_at
    foreign_keys: [{dimension: dim_${name}, on: customer_id}]
    degenerate_dimensions: [sales]
    measures: [{name: units, expression: "sales * coalesce(${columns === "" ? "amount" : "price"}, 1)", type: additive, aggregation: sum}]
marts: [{name: mrt_cities, from: ${fact}, by: [dim_${name}.city], measures: [units], where: "dim_${name}.city <> 'x'"}]
`;
  const told = (after: string): readonly string[] => planChanges(modelOf(till("customer", "fct_sales").replaceAll(/ *,? *renamed_from: (dim_customer|fct_sales)/g, "")), modelOf(after), duckdb).map(line);
  const amount = "{column: price, renamed_from: amount, type: integer}";

  it("tables, columns and values of the source", () => {
    expect(told(till("customer", "fct_orders").replace(", renamed_from: dim_customer", ""))).toEqual(["SC302 breaking fct_orders: renamed"]);
    expect(told(till("client", "fct_sales").replace("renamed_from: fct_sales", ""))).toEqual(["SC302 breaking dim_client: renamed", "SC302 breaking fct_sales.client_key: column renamed"]);
    expect(told(till("client", "fct_orders", "", amount))).toEqual(["SC302 breaking till.sales.price: column renamed", "SC302 breaking dim_client: renamed", "SC302 breaking fct_orders: renamed", "SC302 breaking fct_orders.client_key: column renamed"]);
  });

  it("and hides no change of them", () => {
    expect(told(till("client", "fct_orders", "physical: {table: orders}"))).toContain("GR801 restating till.sales.physical: physical changed");
    expect(told(till("client", "fct_orders", "", "{column: euros, rename: price, renamed_from: amount, type: integer}"))).toContain("GR801 restating till.sales.price: physical name changed");
    expect(told(till("client", "fct_orders", "", amount).replace("[sales, amount]", "[sales, price]"))).not.toEqual(told(till("client", "fct_orders", "", amount)));
  });
});
