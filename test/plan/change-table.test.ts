import { describe, expect, it } from "vitest";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { planChanges } from "../../generator/plan/plan.ts";
import { needsApproval } from "../../generator/plan/rules.ts";
import { edited, line, modelOf, planOf, shop } from "./change.ts";

type Edits = readonly (readonly [string, string])[];

const lines = (...edits: Edits): readonly string[] => planOf(...edits).map(line);

describe("R24, row 1: wording is cosmetic", () => {
  it.each<[string, Edits, string]>([
    ["a description", [["City of the address.", "Town of the address."]], "CC101 cosmetic shop.customers.city: description changed"],
    ["an owner", [["owner: web", "owner: shop-team"]], "CC101 cosmetic shop.orders.owner: owner changed"],
    ["an exposure", [["type: dashboard", "type: notebook"]], "CC101 cosmetic mrt_sales_by_city.exposures: exposures changed"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toContain(expected);
    expect(planOf(...edits).some(({ classes }) => needsApproval(classes))).toBe(false);
  });
});

describe("R24, row 2: something new is additive", () => {
  it.each<[string, Edits, string]>([
    ["a column that may be empty", [["      - {column: phone, type: string}", "      - {column: phone, type: string}\n      - {column: fax, type: string}"]], "SC201 additive shop.customers.fax: column added"],
    ["an attribute that cuts no versions", [["      - {name: city, scd_type: 2}", "      - {name: city, scd_type: 2}\n      - {name: phone, scd_type: 1}"]], "SC201 additive dim_customer.phone: column added"],
    ["a measure", [["      - {name: quantity, type: additive, aggregation: SUM}", "      - {name: quantity, type: additive, aggregation: SUM}\n      - {name: double, expression: quantity * 2, type: additive, aggregation: SUM}"]], "SC201 additive fct_orders.double: column added"],
    ["what a mart works out", [["measures: [quantity, amount]", "measures: [quantity, amount, {name: price, expression: \"amount / nullif(quantity, 0)\"}]"]], "SC201 additive mrt_sales_by_city.price: column added"],
    ["a value of an enumeration", [["[open, paid]", "[open, paid, sent]"]], "SC202 additive shop.orders.status: check enum widened"],
    ["a check of values less", [[", checks: [{type: range, params: {min: 1}}]", ""]], "SC202 additive shop.orders.quantity: check range removed"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toEqual([expected]);
  });

  it("and so is a new object", () => {
    const mart = "  - {name: mrt_by_status, owner: bi, from: fct_orders, by: [status], measures: [amount]}\n";
    expect(lines(["pipelines:\n", `${mart}pipelines:\n`])).toEqual(["SC201 additive mrt_by_status: mart added", "SC201 additive daily.builds: builds more"]);
  });
});

describe("R24, row 3: what consumers may read is gone, or reads otherwise: breaking", () => {
  it.each<[string, Edits, string]>([
    ["a column removed", [["      - {column: phone, type: string}\n", ""]], "SC301 breaking shop.customers.phone: column removed"],
    ["a column renamed", [["column: phone", "column: telephone"]], "SC301 breaking shop.customers.phone: column removed"],
    ["a type changed", [["{column: phone, type: string}", "{column: phone, type: integer}"]], "SC303 breaking shop.customers.phone: type changed"],
    ["a type narrowed", [["decimal(10,2)", "decimal(8,2)"]], "SC303 breaking shop.orders.amount: type narrowed"],
    ["nullable where it was required", [["{column: ordered_at, type: timestamp, nullable: false", "{column: ordered_at, type: timestamp"]], "SC304 breaking shop.orders.ordered_at: may be empty now"],
    ["a mart removed", [[shop.slice(shop.indexOf("marts:"), shop.indexOf("pipelines:")), ""]], "SC301 breaking mrt_sales_by_city: mart removed"],
    ["a fact renamed", [["  - name: fct_orders", "  - name: fct_purchases\n    renamed_from: fct_before"], ["    from: fct_orders", "    from: fct_purchases"], ["fct_before", "fct_orders"]], "SC302 breaking fct_purchases: renamed"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toContain(expected);
    expect(planOf(...edits).some(({ classes }) => needsApproval(classes))).toBe(true);
  });
});

describe("R24, row 4: rows that are there may fail: data-dependent", () => {
  it.each<[string, Edits, string]>([
    ["required now", [["{column: phone, type: string}", "{column: phone, type: string, nullable: false}"]], "CC401 data_dependent shop.customers.phone: required now"],
    ["unique now", [["{column: phone, type: string}", "{column: phone, type: string, checks: [unique]}"]], "CC401 data_dependent shop.customers.phone: check unique added"],
    ["a range tightened", [["{min: 1}", "{min: 1, max: 99}"]], "CC401 data_dependent shop.orders.quantity: check range tightened"],
    ["an enumeration tightened", [["[open, paid]", "[open]"]], "CC401 data_dependent shop.orders.status: check enum tightened"],
    ["a length limited", [["{column: phone, type: string}", "{column: phone, type: string, checks: [{length: {max: 20}}]}"]], "CC401 data_dependent shop.customers.phone: check length added"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toEqual([expected]);
  });
});

it("R24, row 5: a wider type is additive, all the way down", () => {
  const [change, ...more] = planOf(["decimal(10,2)", "decimal(12,2)"]);
  expect(more).toEqual([]);
  expect(change === undefined ? "" : line(change)).toBe("SC501 additive shop.orders.amount: type widened");
  expect(change?.consequences).toEqual(["fct_orders.amount: decimal(10,2) → decimal(12,2)"]);
});

it("R24, row 5: an integer is wider as a bigint or a decimal of whole numbers; digits behind the point are others", () => {
  const told = (type: string): readonly string[] => lines(["{column: quantity, type: integer", `{column: quantity, type: ${type}`]);
  expect(told("bigint")).toEqual(["SC501 additive shop.orders.quantity: type widened"]);
  expect(told('"decimal(12,0)"')).toEqual(["SC501 additive shop.orders.quantity: type widened"]);
  expect(told('"decimal(12,2)"')).toEqual(["SC303 breaking shop.orders.quantity: type changed"]);
});

describe("R24, row 6: another grain or key is breaking and restating, and destroys what a snapshot has stored", () => {
  it("natural key of a dimension", () => {
    const found = planOf(["natural_key: customer_id", "natural_key: [customer_id, phone]"], ["    foreign_keys: [dim_customer, ", "    foreign_keys: ["], ["[order_date.year, dim_customer.city]", "[order_date.year]"]);
    expect(found.map(line)).toContain("GR601 restating+breaking+destructive dim_customer.natural_key: natural key changed");
    const key = found.find(({ part }) => part === "natural_key");
    expect(key?.backfill?.commands.join("\n")).toContain("create table history.snp_customer_before as select * from history.snp_customer;");
  });

  it.each<[string, Edits, string]>([
    ["primary key of a contract", [["primary_key: [order_id]", "primary_key: [order_id, status]"]], "GR601 restating+breaking shop.orders.primaryKey: primary key changed"],
    ["groups of a mart", [["[order_date.year, dim_customer.city]", "[order_date.year]"]], "GR601 restating+breaking mrt_sales_by_city.by: grain changed"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toContain(expected);
  });
});

describe("R24, row 7: history kept in another way is restating, and destructive where a snapshot is left behind", () => {
  it.each<[string, Edits, string]>([
    ["Type 2 to Type 1", [["type: Type 2", "type: Type 1"], ["scd_type: 2}", "scd_type: 1}"]], "HS701 restating+destructive dim_customer.type: SCD type changed"],
    ["a tracked column added", [["      - {name: city, scd_type: 2}", "      - {name: city, scd_type: 2}\n      - {name: phone, scd_type: 2}"]], "HS701 restating dim_customer.phone: tracked column added"],
    ["a column tracked no more", [["{name: customer_name, scd_type: 1}", "{name: customer_name, scd_type: 2}"]], "HS701 restating dim_customer.customer_name: SCD type of the attribute changed"],
    ["what becomes of deletes", [["type: Type 2\n", "type: Type 2\n    deletes: ignore\n"]], "HS701 restating dim_customer.deletes: deletes changed"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toContain(expected);
  });

  it("says that versions stored so far stay as they were cut where a column is new to the snapshot", () => {
    expect(planOf(["      - {name: city, scd_type: 2}", "      - {name: city, scd_type: 2}\n      - {name: phone, scd_type: 2}"])[0]?.past.extent).toBe("from_next_run");
  });

  it("but not where the snapshot saw all by which they are cut now", () => {
    expect(planOf(["{name: customer_name, scd_type: 1}", "{name: customer_name, scd_type: 2}"])[0]?.past.extent).toBe("all");
  });
});

describe("R24, row 8: another meaning is restating", () => {
  it.each<[string, Edits, string]>([
    ["a filter", [["    source: shop.orders\n", "    source: shop.orders\n    where: status = 'paid'\n"]], "GR801 restating fct_orders.where: filter changed"],
    ["a unit", [["type: \"decimal(10,2)\", unit: EUR", "type: \"decimal(10,2)\", unit: USD"]], "GR801 restating shop.orders.amount: unit changed"],
    ["a join", [["    source: shop.orders\n", "    source: shop.orders\n    joins: [{to: shop.customers, type: inner}]\n"], ["    foreign_keys: [dim_customer, {", "    foreign_keys: [{dimension: dim_customer, on: shop.orders.customer_id}, {"]], "GR801 restating fct_orders.joins: join to shop.customers as customers changed"],
    ["the zone of days", [["timezone: UTC}", "timezone: Europe/Oslo}"]], "GR801 restating shop.timezone: timezone changed"],
    ["an expression", [["{name: quantity, type: additive", "{name: quantity, expression: quantity * 2, type: additive"]], "GR801 restating fct_orders.quantity: expression changed"],
    ["an aggregation", [["{name: quantity, type: additive, aggregation: SUM}", "{name: quantity, type: non_additive, aggregation: AVG}"]], "GR801 restating fct_orders.quantity: additivity changed"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toContain(expected);
    expect(planOf(...edits).find((one) => line(one) === expected)?.past.extent).toBe("all");
  });

  it("what a mart works out", () => {
    const price = (of: string): string => edited(["measures: [quantity, amount]", `measures: [quantity, amount, {name: price, expression: "${of} / nullif(quantity, 0)"}]`]);
    expect(planChanges(modelOf(price("amount")), modelOf(price("amount * 2")), duckdb).map(line)).toEqual(["GR801 restating mrt_sales_by_city.price: value changed"]);
  });
});

describe("R24, row 9: a dimension with a past that is removed, or gets another name without renamed_from, is destructive", () => {
  it("removed", () => {
    const without: Edits = [[shop.slice(shop.indexOf("dimensions:"), shop.indexOf("fact_tables:")), ""], ["[dim_customer, {", "[{"], ["[order_date.year, dim_customer.city]", "[order_date.year]"]];
    expect(lines(...without)).toContain("HS901 breaking+destructive dim_customer: dimension removed");
  });

  const named = (more: string): Edits => [["  - name: dim_customer\n", `  - name: dim_client\n${more}`], ["[dim_customer, {", "[dim_client, {"], ["[order_date.year, dim_customer.city]", "[order_date.year, dim_client.city]"]];

  it("named otherwise", () => {
    expect(lines(...named(""))).toContain("HS901 breaking+destructive dim_customer: dimension removed");
  });

  it("but not with renamed_from, by which the next run moves what is stored: consumers break, nothing is lost", () => {
    const found = planOf(...named("    renamed_from: dim_customer\n"));
    expect(found.map(line)).toContain("SC302 breaking dim_client: renamed");
    expect(found.filter(({ classes }) => classes.includes("destructive"))).toEqual([]);
    expect(found.find(({ message }) => message === "renamed")?.ddl.find(({ action }) => action === "rename_table")?.relations).toEqual(["history.snp_customer"]);
  });
});

describe("R24, row 10: less protection of personal data is breaking", () => {
  it.each<[string, Edits, string]>([
    ["a class lowered", [["classification: confidential", "classification: internal"]], "CC951 breaking shop.customers.customer_name: classification lowered"],
    ["shown where it was hashed", [["protect: hash", "protect: none"]], "CC951 restating+breaking shop.customers.customer_name: protection lowered"],
    ["no longer marked", [["pii: true, protect: hash, ", ""]], "CC951 breaking shop.customers.customer_name: no longer marked as personal data"],
  ])("%s", (_, edits, expected) => {
    expect(lines(...edits)).toContain(expected);
  });
});

it("R24, row 10: and so is keeping data longer", () => {
  const kept = (months: number): string => `current_state: {data_volume: {retention_months: ${months}}}\n${shop}`;
  expect(planChanges(modelOf(kept(12)), modelOf(kept(36)), duckdb).map(line)).toContain("CC951 breaking brief.data_volume: data is kept longer");
});

it("R24, row 11: a difference that no rule knows is taken for breaking", () => {
  const before = modelOf(shop);
  const after = { ...before, facts: before.facts.map((one) => ({ ...one, novelty: true })) };
  expect(planChanges(before, after, duckdb).map(line)).toEqual(["XX999 breaking fct_orders.novelty: novelty changed"]);
});
