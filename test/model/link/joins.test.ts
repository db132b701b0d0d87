import { describe, expect, it } from "vitest";
import { star, text } from "./star.ts";

const customer = (joins: string, attribute: string): string => `
dimensions:
  - name: customer
    source: shop.customers
    natural_key: customer_id
    joins: ${joins}
    attributes: [{name: place, source: ${attribute}}]
`;
const onOf = (yaml: string): readonly string[] =>
  star(yaml).dimension("dim_customer").rows.joins.map((one) => `${one.type} ${one.input.alias}: ${one.on.map((pair) => `${text(pair.left)} = ${text(pair.right)}`).join(" and ")}`);

describe("joins", () => {
  it("follow a reference of the contract", () => {
    expect(onOf(customer("[shop.addresses]", "city"))).toEqual(["left addresses: customers.address_id = addresses.address_id"]);
  });

  it("follow a chain where every step has one answer", () => {
    const yaml = customer("[shop.countries]", "country_name");
    expect(onOf(yaml)).toEqual(["left addresses: customers.address_id = addresses.address_id", "left countries: addresses.country_code = countries.country_code"]);
    expect(star(yaml).inferred).toEqual(["join of dim_customer: shop.customers.address_id = shop.addresses.address_id, then shop.addresses.country_code = shop.countries.country_code"]);
  });

  it("follow from an attribute of another contract", () => {
    expect(onOf(customer("[]", "shop.addresses.city"))).toEqual(["left addresses: customers.address_id = addresses.address_id"]);
  });

  it("may be stated, and inner", () => {
    expect(onOf(customer("[{to: shop.addresses, on: {visits: address_id}, type: inner}]", "city"))).toEqual(["inner addresses: customers.visits = addresses.address_id"]);
  });

  it("take a name of several tables that are joined by it for that of the first", () => {
    const zips = "contract: {name: shop.zips, primary_key: [address], schema: [{column: address, type: integer}, {column: zip, type: string}]}\n";
    expect(onOf(`${customer("[shop.addresses, {to: shop.zips, on: {address_id: address}}]", "zip")}${zips}`)[1]).toBe("left zips: customers.address_id = zips.address");
  });

  it("are refused where they could multiply rows", () => {
    expect(star(customer("[shop.orders]", "status")).codes).toEqual(["join-fans-out dimensions.0.joins.0"]);
    expect(star(customer("[{to: shop.addresses, on: {customer_name: city}}]", "city")).codes).toEqual(["join-fans-out dimensions.0.joins.0"]);
  });

  it("need names that are known and told apart", () => {
    expect(star(customer("[shop.adresses]", "city")).codes).toEqual(["unknown-source dimensions.0.joins.0.to"]);
    const byVisits = "[{to: shop.addresses, on: {visits: address_id}}]";
    expect(star(customer(byVisits, "address_id")).codes).toEqual(["ambiguous-column dimensions.0.attributes.0.source"]);
    expect(star(customer(byVisits, "addresses.address_id")).codes).toEqual([]);
    expect(star(customer("[shop.addresses, {to: shop.addresses, as: addresses, on: {visits: address_id}}]", "city")).codes).toEqual(["join-name-taken dimensions.0.joins.1.as"]);
    expect(star(customer("[{to: shop.addresses, as: home}]", "home.city")).codes).toEqual(["role-without-columns dimensions.0.joins.0"]);
  });

  it("need not tell apart what they are joined by: the earlier table has it in every row", () => {
    const value = (attribute: string): string => text(star(customer("[shop.addresses, shop.countries]", attribute)).dimension("dim_customer").attributes[0]?.value ?? null);
    expect(["address_id", "country_code", "addresses.address_id"].map(value)).toEqual(["customers.address_id", "addresses.country_code", "addresses.address_id"]);
  });

  it("read a table again in a role, whose columns are meant by its name alone", () => {
    const found = star(`
dimensions:
  - name: customer
    source: shop.customers
    natural_key: customer_id
    joins: [{to: shop.customers, as: advertiser, on: {visits: customer_id}}, {to: shop.addresses, as: home, on: {advertiser.address_id: address_id}}]
    attributes: [customer_name, {name: won_by, source: advertiser.customer_name}, {name: won_in, source: home.city}]
`);
    expect(found.codes).toEqual([]);
    const { rows, attributes } = found.dimension("dim_customer");
    expect(rows.joins.map(({ input, on }) => [input.alias, input.reference.id, text(on[0]?.left ?? null)])).toEqual([["advertiser", "shop.customers", "customers.visits"], ["home", "shop.addresses", "advertiser.address_id"]]);
    expect(attributes.map((one) => text(one.value))).toEqual(["customers.customer_name", "advertiser.customer_name", "home.city"]);
    expect(star(customer("[{to: shop.addresses, as: home, on: {address_id: address_id}}]", "city")).codes).toEqual(["unknown-column dimensions.0.attributes.0.source"]);
  });

  it("read the current state of a change log", () => {
    const fact = star("\nfact_table:\n  name: orders\n  grain: order\n  source: shop.orders\n  joins: [shop.products]\n  measures: [{name: list_amount, expression: quantity * price}]\n").fact("fct_orders");
    expect(fact.rows.joins[0]?.input.reference.model).toBe("int_shop__products_current");
  });
});
