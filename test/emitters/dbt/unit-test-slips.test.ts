import { beforeAll, describe, expect, it } from "vitest";
import { differences, shownTests, type SqlSlip } from "./unit-test-run.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const specs = {
  "contracts.yaml": `
contracts:
  - name: shop.lines
    primary_key: [line_id]
    history: append_only
    schema:
      - {column: line_id, type: integer}
      - {column: order_id, type: integer, references: shop.orders.order_id}
      - {column: item_id, type: integer, references: shop.items.item_id}
      - {column: sold_at, type: timestamp, zone: UTC, nullable: false}
      - {column: sold_on, type: date}
      - {column: paid_at, type: timestamp, zone: UTC}
      - {column: quantity, type: integer}
      - {column: amount, type: "decimal(10,2)"}
      - {column: kind, type: string}
  - name: shop.calls
    primary_key: [call_id]
    schema:
      - {column: call_id, type: integer}
      - {column: called_at, type: timestamp, clean: [trim]}
      - {column: ended_at, type: timestamp, zone: Europe/Oslo, clean: [{nullif: ["never"]}, {parse: "%d.%m.%Y %H:%M"}]}
      - {column: caller, type: string, pii: true, protect: hash, clean: [lower]}
      - {column: note, type: string, pii: true, protect: mask, clean: [{nullif: ["-"]}]}
      - {column: place, type: string}
      - {column: local_at, type: timestamp, zone: {column: place}}
  - {name: shop.orders, primary_key: [order_id], schema: [{column: order_id, type: integer}, {column: freight, type: "decimal(10,2)"}, {column: payer_id, type: integer, references: shop.payers.payer_id}, {column: state, type: string}]}
  - {name: shop.payers, primary_key: [payer_id], schema: [{column: payer_id, type: integer}, {column: name, type: string}]}
  - {name: shop.items, primary_key: [item_id], history: {kind: change_log, effective_at: changed_at}, schema: [{column: item_id, type: integer}, {column: changed_at, type: timestamp, nullable: false}, {column: price, type: integer}]}
`,
  "model.yaml": `
dimensions:
  - {name: dim_item, source: shop.items, type: 2, natural_key: item_id, attributes: [price]}
  - {name: dim_order, source: shop.orders, natural_key: order_id, joins: [shop.payers], where: state <> 'void', attributes: [freight, {name: size, expression: "case when freight > 2 then 'large' else 'small' end"}, {name: payer, source: shop.payers.name}]}
fact_tables:
  - name: fact_lines
    grain: line
    source: shop.lines
    event_time: sold_at
    foreign_keys: [{dimension: dim_item, as_of: sold_on}, {dimension: dim_date, on: sold_at}, {dimension: dim_date, role: paid, on: paid_at}, {dimension: dim_time, role: paid_time, on: paid_at}]
    degenerate_dimensions: [order_id, line_id]
    measures: [{name: quantity}, {name: amount}, {name: unit_price, type: non_additive, ratio: {numerator: amount, denominator: quantity}}]
  - name: fact_orders
    grain: order
    source: fact_lines
    grain_key: [order_id]
    joins: [shop.orders]
    where: line_id <> 3
    foreign_keys: [dim_date]
    measures:
      - {name: line_count, aggregation: COUNT}
      - {name: kinds, source: quantity, aggregation: COUNT DISTINCT, type: non_additive}
      - {name: amount}
      - {name: mean_quantity, source: quantity, aggregation: AVG, type: non_additive}
      - {name: middle_quantity, source: quantity, aggregation: MEDIAN}
      - {name: list_amount, expression: quantity * dim_item.price}
      - {name: dear_amount, source: amount, where: dim_item.price > 2}
      - {name: freight, source: shop.orders.freight}
      - {name: line_amount, expression: "amount / nullif(line_count, 0)", aggregation: AVG}
  - name: fact_stock
    grain: item and day
    fact_type: periodic_snapshot
    source: shop.lines
    where: kind <> 'lost'
    period: day
    entity: dim_item
    event_time: sold_at
    through: latest_row
    foreign_keys: [dim_item, dim_date]
    measures:
      - {name: sold, source: quantity, type: additive, aggregation: SUM}
      - {name: pieces, source: quantity, type: semi_additive, aggregation: SUM, balance: movements, over: {date: last}}
      - {name: last_amount, source: amount, type: semi_additive, aggregation: SUM, balance: readings, absent: carry_forward, over: {date: avg}}
      - {name: told_amount, source: amount, type: semi_additive, aggregation: SUM, balance: readings, absent: zero, over: {date: first}}
`,
  "marts.yaml": `
marts:
  - {name: mrt_stock, from: fact_stock, by: [date.month], measures: [sold, pieces, {name: mean_amount, source: last_amount}, told_amount, {name: cheap_pieces, source: pieces, where: dim_item.price < 2}, {name: cheap_mean, source: last_amount, where: dim_item.price < 2}]}
  - {name: mrt_items, from: fact_stock, by: [dim_item.price], where: date.day_of_week <> 7, measures: [pieces, {name: mean_amount, source: last_amount}, told_amount]}
  - {name: mrt_lines, from: fact_lines, by: [dim_item.price, order_id], measures: [amount, {name: line_count, aggregation: COUNT}, {name: dear_amount, source: amount, where: quantity > 1}, unit_price]}
`,
  "pipeline.yaml": "pipeline: {name: all, owner: me, extract: {source_system: shop, connection: 'files:landing/{table}.csv'}}",
  "settings.yaml": "settings: {project: slips, timezone: America/New_York, dates: {from: 2026-01-01, to: 2026-12-31}}",
};

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    for (const { table, columns } of one.design.model.sources) await one.land(table, [...columns.map((column) => column.physicalName), "_extracted_at"], []);
    await one.build();
  }
});

/** Slips by the unit test that must tell them, with what they mean. */
const slips: Readonly<Record<string, readonly (SqlSlip & { readonly means: string })[]>> = {
  stg_shop__calls_cleans_as_its_contract_says: [
    { means: "blanks stay", from: "trim(called_at)", to: "called_at" },
    { means: "times are those of another zone", from: '"America/New_York"', to: '"America/Chicago"' },
    { means: "times are those of winter all year", from: "at time zone 'Europe/Oslo' at time zone 'UTC'", to: "- interval '1 hour'" },
    { means: "times are those of summer all year", from: "at time zone 'Europe/Oslo' at time zone 'UTC'", to: "- interval '2 hours'" },
    { means: "what is hashed is not cleaned", from: "lower(caller)", to: "caller" },
    { means: "what is masked is not cleaned", from: "nullif(note, '-')", to: "note" },
    { means: "hashes are not salted", from: "{{ pii_salt() }}", to: "" },
    { means: "the zone that a row names does not count", from: "at time zone place at time zone", to: "at time zone 'Europe/Oslo' at time zone" },
  ],
  dim_order_works_out_its_attributes: [
    { means: "rows are not filtered", from: "orders.state <> 'void'", to: "true" },
    { means: "a limit counts as above it", from: "orders.freight > 2", to: "orders.freight >= 2" },
    { means: "rows without a partner are lost", from: "left join payers", to: "inner join payers" },
  ],
  fct_lines_looks_up_and_computes: [
    { means: "days are those of winter all year", from: "sold_at at time zone 'UTC' at time zone 'America/New_York'", to: "sold_at - interval '5 hours'" },
    { means: "days are those of summer all year", from: "sold_at at time zone 'UTC' at time zone 'America/New_York'", to: "sold_at - interval '4 hours'" },
    { means: "times are those of winter all year", from: "paid_at at time zone 'UTC' at time zone 'America/New_York')", to: "paid_at - interval '5 hours')" },
    { means: "times are those of summer all year", from: "paid_at at time zone 'UTC' at time zone 'America/New_York')", to: "paid_at - interval '4 hours')" },
    { means: "days end as in winter", from: "at time zone 'America/New_York' at time zone 'UTC' > item.valid_from", to: "+ interval '5 hours' > item.valid_from" },
    { means: "days end as in summer", from: "at time zone 'America/New_York' at time zone 'UTC' > item.valid_from", to: "+ interval '4 hours' > item.valid_from" },
  ],
  fct_orders_adds_up_its_source: [
    { means: "rows are not filtered", from: "    where lines.line_id <> 3\n", to: "" },
    { means: "what is not measured does not count", from: "count(*)", to: "count(lines.quantity)" },
    { means: "what occurs twice counts twice", from: "count(distinct lines.quantity)", to: "count(lines.quantity)" },
    { means: "what is not known is zero", from: "avg(lines.quantity)", to: "avg(coalesce(lines.quantity, 0))" },
    { means: "the lower of the two in the middle is the median", from: "within group (order by lines.quantity desc)", to: "within group (order by lines.quantity)" },
    { means: "a median is an average", from: "percentile_disc(0.5) within group (order by lines.quantity)\n", to: "2 * avg(lines.quantity) - percentile_disc(0.5) within group (order by lines.quantity desc)\n" },
    { means: "a limit counts as above it", from: "item.price > 2", to: "item.price >= 2" },
    { means: "what is said once is added up", from: "max(orders.freight)", to: "sum(orders.freight)" },
    { means: "rows without a partner are lost", from: "left join orders", to: "inner join orders" },
    { means: "a measure of measures is another one", from: "amount / nullif(line_count, 0)", to: "line_count / nullif(amount, 0)" },
  ],
  fct_stock_closes_its_periods: [
    { means: "days are those of UTC", from: " at time zone 'UTC' at time zone 'America/New_York' as date)", to: " as date)" },
    { means: "the last period is left out", from: "activity.period_start <= horizon.last_period", to: "activity.period_start < horizon.last_period" },
    { means: "the open period is shown", from: "max(period_start) - 1", to: "max(period_start)" },
    { means: "there are gaps", from: "min(period_start) as first_period", to: "max(period_start) as first_period" },
    { means: "a reading counts once only", from: "partition by item_id, last_amount_readings", to: "partition by item_id, period_start" },
    { means: "readings are those of anything", from: "partition by item_id, last_amount_readings", to: "partition by last_amount_readings" },
    { means: "balances are those of a period", from: "            sum(pieces) over (\n                partition by item_id\n", to: "            sum(pieces) over (\n                partition by item_id, period_start\n" },
    { means: "ties are broken the other way", from: "line_id desc nulls last", to: "line_id asc" },
    { means: "what was not read is the last reading", from: "                case when amount is null then 1 else 0 end,\n", to: "" },
    { means: "a period without a reading is not zero", from: "coalesce(max(told_amount), 0)", to: "max(told_amount)" },
    { means: "rows are not filtered", from: "    where kind <> 'lost'\n", to: "" },
    { means: "a version holds from the day before", from: "'UTC' > item.valid_from", to: "'UTC' >= item.valid_from" },
  ],
  mrt_stock_sums_up_its_fact: [
    { means: "the first balance is the last one", from: "max(stock.date_key) over", to: "min(stock.date_key) over" },
    { means: "the last balance is the first one", from: "                when stock.date_key > 0 then stock.date_key", to: "                when stock.date_key > 0 then -stock.date_key" },
    { means: "rows are counted in place of days", from: "max(date_key_count)", to: "count(*)" },
    { means: "rows count that do not meet a filter", from: " and in_cheap_pieces then pieces", to: " then pieces" },
    { means: "a limit counts as below it", from: "item.price < 2 as in_cheap_mean", to: "item.price <= 2 as in_cheap_mean" },
    { means: "what is added up is a balance", from: "sum(sold)", to: "max(sold)" },
  ],
  mrt_items_sums_up_its_fact: [
    { means: "who has gone still has the last balance", from: "max(stock.date_key) over ()", to: "max(stock.date_key) over (partition by item.price)" },
    { means: "days are counted on which a member was there", from: "dense_rank() over (order by stock.date_key desc)", to: "dense_rank() over (partition by item.price order by stock.date_key desc)" },
    { means: "rows are not filtered", from: "where days.day_of_week <> 7", to: "where true" },
  ],
  mrt_lines_sums_up_its_fact: [
    { means: "a ratio is a mean of ratios", from: "sum(lines.amount) / nullif(sum(lines.quantity), 0)", to: "avg(lines.amount / nullif(lines.quantity, 0))" },
    { means: "a limit counts as above it", from: "lines.quantity > 1", to: "lines.quantity >= 1" },
    { means: "nobody's rows are lost", from: "left join item", to: "inner join item" },
  ],
};

describe("unit tests of the generated project", () => {
  it("hold of what is generated, on every warehouse", async () => {
    for (const warehouse of warehouses) {
      for (const test of shownTests(warehouse.design)) expect(`${test.name}: ${await differences(test, warehouse)}`).toBe(`${test.name}: 0`);
    }
  });

  it.each(Object.entries(slips).flatMap(([name, all]) => all.map((one) => [name, one.means, one] as const)))("%s tells that %s", async (name, _, slip) => {
    const [warehouse] = warehouses;
    const test = shownTests(warehouse?.design ?? expect.fail()).find((one) => one.name === name) ?? expect.fail(`there is no ${name}`);
    // A model that cannot read a value is no better than one that reads it wrong.
    const told = await differences(test, warehouse ?? expect.fail(), slip).catch((error: unknown) => (String(error).includes("Conversion Error") ? 1 : expect.fail(String(error))));
    expect(told).toBeGreaterThan(0);
  });
});
