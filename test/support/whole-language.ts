import { shop } from "../model/link/star.ts";

const contracts = shop
  .replace(
    "- name: shop.customers\n    primary_key: [id]",
    "- name: shop.customers\n    primary_key: [id]\n    updated_at: seen_at\n    loaded_at: seen_at\n    references: [{columns: [address_id], to: shop.addresses, to_columns: [id]}]\n    checks: [{type: unique, params: {columns: [name, visits]}}, {type: custom, params: {expression: visits > 0}}]",
  )
  .replace(
    "- {column: visits, type: integer}",
    "- {column: visits, type: integer}\n      - {column: seen_at, type: timestamp_ntz, zone: Europe/Oslo}",
  )
  .replace(
    ", references: shop.addresses.id}",
    "}",
  );

const model = `
dimensions:
  - name: customer
    source: shop.customers
    natural_key: customer_id
    joins: [{to: shop.addresses}, {to: shop.countries}]
    where: visits > 0
    attributes:
      - {name: customer_name}
      - {name: city}
      - {name: country, source: country_name}
      - {name: loud, expression: "upper(customer_name)"}
      - {name: visits}
    hierarchy: [country, city]
    unknown_member: {city: Nowhere}
  - name: product
    source: shop.products
    type: Type 2
    natural_key: product_id
    attributes: [{name: supplier, scd_type: 2}, {name: price, scd_type: 1}]
  - name: store
    source: shop.stores
    type: Type 2
    natural_key: store_id
    attributes: [manager]
models:
  - name: int_sizes
    reads: [shop.stores, ref.int_regions]
    primary_key: [region_code]
    columns: [{name: region_code, type: string}, {name: sold_on, type: date}, {name: size, type: integer}]
  - name: int_regions
    columns: [{name: region_code, type: string}]
fact_tables:
  - name: sizes
    grain: region
    source: ref.int_sizes
    event_time: sold_on
    foreign_keys: [{dimension: dim_date, role: sold}]
    measures: [{name: size}]
  - name: orders
    grain: order
    source: shop.orders
    joins: [{to: shop.customers, on: {customer_id: customer_id}}]
    where: status <> 'void'
    event_time: ordered_at
    grain_key: [order_id]
    foreign_keys:
      - {dimension: customer, on: shop.orders.customer_id}
      - {dimension: product, as_of: {column: ordered_at, dates: end_of_day}}
      - {dimension: store, role: shop_store, on: store_id}
      - {dimension: dim_date, role: ordered, on: ordered_at}
      - {dimension: dim_date, role: shipped, on: shipped_on}
    degenerate_dimensions: [status, {name: state, source: status}, {name: up, expression: "upper(status)"}]
    measures:
      - {name: quantity}
      - {name: amount, unit: NOK}
      - {name: net, expression: "amount - quantity"}
      - {name: net_paid, source: amount, where: "status = 'paid'"}
      - {name: share, ratio: {numerator: net, denominator: amount}}
      - {name: stock, source: quantity, type: semi-additive, over: {ordered: last}}
      - {name: price, expression: dim_product.price * quantity}
      - {name: weekend, expression: "case when shipped.is_weekend then 1 else 0 end"}
    load: {strategy: truncate_reload, cluster_by: [status]}
  - name: days
    grain: store and day
    source: fact_orders
    grain_key: [shop_store, ordered]
    foreign_keys: [{dimension: store, role: shop_store}, {dimension: dim_date, role: ordered}]
    measures:
      - {name: amount, source: amount}
      - {name: count, aggregation: COUNT}
      - {name: mean, expression: "amount / nullif(count, 0)", type: non-additive, aggregation: AVG}
marts:
  - name: by_city
    from: fct_orders
    by: [{column: customer.city, as: town}, ordered.month]
    where: status = 'paid'
    measures: [amount, {name: orders, aggregation: COUNT}, {name: paid, source: amount, where: "state = 'paid'"}, share]
    include: customer
    top: {by: amount, n: 3, within: [month]}
  - name: both
    from: [fct_orders, fct_days]
    by: [ordered.date]
    measures: [{name: a, source: fct_orders.amount}, {name: b, source: fct_days.amount}, {name: difference, expression: a - b}, {name: place, raw_sql: {duckdb: rank() over (order by a), postgres: rank() over (order by a)}, type: bigint}]
    rolling: {over: date, periods: 3, unit: day, measures: [a]}
pipelines:
  - name: first
    extract: {source_system: shop, connection: "files:landing/{table}.csv", strategy: full}
    transform: {stages: [{name: clean, operations: [trim, dedupe]}, {name: enrich, operations: [dim_customer]}, {name: aggregate, operations: [mrt_both]}]}
    builds: [fct_orders, days]
    tasks: [{name: tell, after: quality_gate}]
  - name: second
    depends_on: [first]
    builds: [by_city]
`;

/** A shop that says in one place or another nearly all that the language has. */
export const wholeLanguage: Readonly<Record<string, string>> = { "contracts.yaml": contracts, "model.yaml": model };
