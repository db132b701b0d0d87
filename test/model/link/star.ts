import type { EntityDimension } from "../../../generator/model/dimension.ts";
import type { Expression } from "../../../generator/model/expression.ts";
import type { Fact, Mart } from "../../../generator/model/fact.ts";
import { linked } from "../../support/spec.ts";

/** Contracts of a small shop: customers with an address each, products in a change log, stores in daily extracts, orders. */
export const shop = `
contracts:
  - name: shop.addresses
    primary_key: [id]
    schema:
      - {column: id, type: integer, rename: address_id}
      - {column: city, type: string}
      - {column: country_code, type: string, references: shop.countries.code}
  - name: shop.countries
    primary_key: [code]
    schema:
      - {column: code, type: string, rename: country_code}
      - {column: name, type: string, rename: country_name}
  - name: shop.customers
    primary_key: [id]
    schema:
      - {column: id, type: integer, rename: customer_id}
      - {column: name, type: string, rename: customer_name, pii: true, protect: none, description: Full name.}
      - {column: visits, type: integer}
      - {column: address_id, type: integer, references: shop.addresses.id}
  - name: shop.products
    primary_key: [product_id]
    history: {kind: change_log, effective_at: changed_at, sequence: change_id, operation: {column: op, delete: [D]}}
    schema:
      - {column: change_id, type: integer}
      - {column: changed_at, type: timestamp, nullable: false}
      - {column: op, type: string}
      - {column: product_id, type: integer}
      - {column: supplier, type: string}
      - {column: price, type: "decimal(10,2)", unit: NOK}
  - name: shop.stores
    primary_key: [store_id]
    history: {kind: periodic_extract, extract_date: day}
    schema:
      - {column: day, type: date, nullable: false}
      - {column: store_id, type: string}
      - {column: manager, type: string}
  - name: shop.orders
    primary_key: [order_id]
    history: append_only
    schema:
      - {column: order_id, type: integer}
      - {column: customer_id, type: integer, references: shop.customers.id}
      - {column: product_id, type: integer, references: shop.products.product_id}
      - {column: store_id, type: string}
      - {column: ordered_at, type: timestamp}
      - {column: shipped_on, type: date}
      - {column: walked_at, type: timestamp_ntz}
      - {column: status, type: string}
      - {column: quantity, type: integer}
      - {column: amount, type: "decimal(12,2)", unit: NOK}
      - {column: discount, type: "decimal(5,4)"}
`;

/** Links the shop with more YAML; fails where the dimension, fact or mart asked for is not there. */
export function star(yaml: string): {
  readonly codes: readonly string[];
  readonly inferred: readonly string[];
  readonly dimension: (name: string) => EntityDimension;
  readonly fact: (name: string) => Fact;
  readonly mart: (name: string) => Mart;
} {
  const { model, codes } = linked({ "contracts.yaml": shop, "model.yaml": yaml });
  const problems = codes.join("\n");
  return {
    codes,
    inferred: (model?.inferred ?? []).map((one) => `${one.topic} of ${one.subject}: ${one.choice}`),
    dimension: (name) => {
      const found = model?.dimensions.find((one) => one.name === name);
      if (found?.kind !== "table") throw new Error(`no ${name}\n${problems}`);
      return found;
    },
    fact: (name) => model?.facts.find((one) => one.name === name) ?? missing(name, problems),
    mart: (name) => model?.marts.find((one) => one.name === name) ?? missing(name, problems),
  };
}

function missing(name: string, problems: string): never {
  throw new Error(`no ${name}\n${problems}`);
}

/** An expression as short text, for comparison. */
export function text(one: Expression | null): string {
  if (one === null) return "";
  switch (one.kind) {
    case "column": return one.input === null ? one.name : `${one.input}.${one.name}`;
    case "literal": return String(one.value);
    case "binary": return `${text(one.left)} ${one.operator} ${text(one.right)}`;
    case "unary": return `${one.operator} ${text(one.operand)}`;
    case "is_null": return `${text(one.operand)} is ${one.negated ? "not " : ""}null`;
    case "in": return `${text(one.operand)} in (${one.options.map(text).join(", ")})`;
    case "between": return `${text(one.operand)} between ${text(one.low)} and ${text(one.high)}`;
    case "case": return `case ${one.branches.map((each) => `when ${text(each.when)} then ${text(each.then)}`).join(" ")} else ${text(one.otherwise)}`;
    case "cast": return `${text(one.operand)}::${one.type.kind}`;
    case "in_zone": return `${text(one.operand)} in ${one.zone}`;
    case "call": return `${one.function}(${one.arguments.map(text).join(", ")})`;
    case "raw": return "raw";
  }
}
