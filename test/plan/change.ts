import { duckdb } from "../../generator/dialects/duckdb.ts";
import { planChanges, type PlannedChange } from "../../generator/plan/plan.ts";
import type { Model } from "../../generator/model/types.ts";
import { linked } from "../support/spec.ts";

/** A shop with a contract, a dimension that a snapshot watches, a fact, a mart with a dashboard, and a pipeline. */
export const shop = `
contracts:
  - name: shop.customers
    version: "1.2.0"
    owner: crm
    consumers: [sales, finance]
    breaking_change_policy: notify-30-days
    notification_channel: "#customers"
    primary_key: [customer_id]
    history: current_state
    schema:
      - {column: customer_id, type: integer, description: Number of the customer.}
      - {column: customer_name, type: string, nullable: false, pii: true, protect: hash, classification: confidential}
      - {column: city, type: string, description: City of the address.}
      - {column: phone, type: string}
  - name: shop.orders
    owner: web
    primary_key: [order_id]
    history: append_only
    schema:
      - {column: order_id, type: integer}
      - {column: ordered_at, type: timestamp, nullable: false, zone: UTC}
      - {column: customer_id, type: integer, references: shop.customers.customer_id}
      - {column: status, type: string, checks: [{type: enum, params: {values: [open, paid]}}]}
      - {column: quantity, type: integer, checks: [{type: range, params: {min: 1}}]}
      - {column: amount, type: "decimal(10,2)", unit: EUR}
dimensions:
  - name: dim_customer
    owner: crm
    source: shop.customers
    type: Type 2
    natural_key: customer_id
    attributes:
      - {name: customer_name, scd_type: 1}
      - {name: city, scd_type: 2}
fact_tables:
  - name: fct_orders
    owner: bi
    grain: order
    source: shop.orders
    event_time: ordered_at
    foreign_keys: [dim_customer, {dimension: dim_date, role: order_date, on: ordered_at}]
    degenerate_dimensions: [status]
    measures:
      - {name: quantity, type: additive, aggregation: SUM}
      - {name: amount, type: additive, aggregation: SUM, unit: EUR}
marts:
  - name: mrt_sales_by_city
    owner: bi
    from: fct_orders
    by: [order_date.year, dim_customer.city]
    measures: [quantity, amount]
    exposures: [{name: sales_board, type: dashboard, owner: sales}]
pipelines:
  - {name: daily, owner: ops, schedule: "@daily", extract: {source_system: shop, connection: "files:data/{table}.csv"}}
settings: {project: shop, timezone: UTC}
`;

/** What a plan says of an edit of the shop: every pair is a text that occurs once, and what stands there then. */
export function planOf(...edits: readonly (readonly [from: string, to: string])[]): readonly PlannedChange[] {
  return planChanges(modelOf(shop), modelOf(edited(...edits)), duckdb);
}

/** The shop with some texts replaced; fails where one does not occur exactly once. */
export function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`'${from}' occurs ${text.split(from).length - 1} times`);
    return text.replace(from, () => to);
  }, shop);
}

/** The model of a text; fails with what was reported where there is none. */
export function modelOf(text: string | { readonly [name: string]: string }): Model {
  const { model, codes } = linked(text);
  if (model === null) throw new Error(codes.join("\n"));
  return model;
}

/** A change in a line: its object and part, rule, classes and message. */
export function line({ subject, part, rule, classes, message }: PlannedChange): string {
  return `${rule} ${classes.join("+")} ${subject.name}${part === null ? "" : `.${part}`}: ${message}`;
}
