import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const folder = "fixtures/shop";
const specs = Object.fromEntries(["contracts.yaml", "model.yaml", "pipeline.yaml", "settings.yaml"].map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));
const days = readdirSync(`${folder}/landing`).sort();

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    for (const table of ["products", "stores", "order_lines"]) await landAll(one, table, days);
    await landAll(one, "customers", days.slice(-1));
    await one.engine.run("create table snp_customer (customer_id integer, city varchar(50), customer_name varchar(50), email varchar(80), dbt_valid_from timestamp, dbt_valid_to timestamp)");
    await one.build();
  }
});

async function landAll(warehouse: TestWarehouse, table: string, from: readonly string[]): Promise<void> {
  const rows: (readonly (string | null)[])[] = [];
  let header: readonly string[] = [];
  for (const day of from) {
    const file = `${folder}/landing/${day}/${table}.csv`;
    const [first = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
    header = first.split(",");
    lines.forEach((line, index) => rows.push([...line.split(",").map((value) => (value === "" ? null : value)), file, String(index + 1), `${day} 23:00:00`]));
  }
  await warehouse.land(table, [...header, "_source", "_source_row", "_extracted_at"], rows);
}

describe("the tutorial shop", () => {
  it("shows every price a product had", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select product_id, product_name, price, valid_from, valid_to, is_current from dim_product where product_id is not null order by 1, 4")).toEqual([
        ["101", "Mug", "80.00", "1900-01-01 00:00:00", "2026-03-02 12:00:00", "false"],
        ["101", "Mug", "85.00", "2026-03-02 12:00:00", "9999-12-31 00:00:00", "true"],
        ["102", "Tea", "50.00", "1900-01-01 00:00:00", "2026-03-03 09:00:00", "false"],
        ["102", "Tea", "56.00", "2026-03-03 09:00:00", "9999-12-31 00:00:00", "true"],
        ["103", "Pot", "300.00", "1900-01-01 00:00:00", "2026-03-04 12:00:00", "false"],
        ["103", "Pot", "320.00", "2026-03-05 07:00:00", "9999-12-31 00:00:00", "true"],
      ]);
    }
  });

  it("shows every manager a store had", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select store_id, manager, valid_from, valid_to from dim_store where store_id is not null order by 1, 3")).toEqual([
        ["A", "Kari", "1900-01-01 00:00:00", "9999-12-31 00:00:00"],
        ["B", "Lars", "1900-01-01 00:00:00", "2026-03-03 00:00:00"],
        ["B", "Mona", "2026-03-03 00:00:00", "2026-03-04 00:00:00"],
        ["B", "Mona", "2026-03-05 00:00:00", "9999-12-31 00:00:00"],
        ["C", "Nils", "1900-01-01 00:00:00", "9999-12-31 00:00:00"],
      ]);
    }
  });

  it("gives the same keys on every engine", async () => {
    const keys = await Promise.all(warehouses.map((one) => one.rows("select product_key, product_durable_key from dim_product order by 1, 2")));
    for (const one of keys) expect(one).toEqual(keys[0]);
    expect(new Set(keys[0]?.map((row) => row[0])).size).toBe(8);
  });

  it("keeps the reserved members and their labels", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select store_key, store_id, city, manager, is_current from dim_store where store_id is null order by 1")).toEqual([
        ["-1", null, "Nowhere", "Unknown", "true"],
        ["-2", null, "Not applicable", "Not applicable", "true"],
      ]);
    }
  });

  it("keeps one row of a line that came twice, the corrected one", async () => {
    for (const { rows } of warehouses) {
      expect(await rows("select count(*), sum(quantity) from stg_shop__order_lines")).toEqual([["10", "15"]]);
      expect(await rows("select quantity from stg_shop__order_lines where order_id = 1002")).toEqual([["2"]]);
    }
  });

  it("hashes what the contract protects, the same on every engine", async () => {
    const emails = await Promise.all(warehouses.map((one) => one.rows("select email from stg_shop__customers order by customer_id")));
    for (const one of emails) expect(one).toEqual(emails[0]);
    expect(emails[0]?.[0]?.[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("reads like SQL written by hand", () => {
    expect(warehouses[0]?.models.get("stg_shop__order_lines")).toMatchInlineSnapshot(`
      "with

      source as (

          select * from {{ source('shop', 'order_lines') }}

      ),

      renamed as (

          select
              {{ strict_integer("order_id") }} as order_id,
              {{ strict_integer("line_no") }} as line_number,
              {{ strict_timestamp("ordered_at") }} as ordered_at,
              {{ strict_integer("customer_id") }} as customer_id,
              {{ strict_integer("product_id") }} as product_id,
              store_id,
              {{ strict_integer("quantity") }} as quantity,
              _source as loaded_file,
              {{ strict_bigint("_source_row") }} as loaded_row,
              {{ strict_timestamp("_extracted_at") }} as extracted_at
          from source

      ),

      ranked as (

          select
              order_id,
              line_number,
              ordered_at,
              customer_id,
              product_id,
              store_id,
              quantity,
              loaded_file,
              loaded_row,
              extracted_at,
              row_number() over (
                  partition by order_id, line_number
                  order by loaded_file desc nulls last, loaded_row desc nulls last
              ) as row_rank
          from renamed

      ),

      deduplicated as (

          select
              order_id,
              line_number,
              ordered_at,
              customer_id,
              product_id,
              store_id,
              quantity,
              loaded_file,
              loaded_row,
              extracted_at
          from ranked
          where row_rank = 1

      )

      select * from deduplicated
      "
    `);
    expect(warehouses[0]?.models.get("int_product_versioned")).toMatchInlineSnapshot(`
      "with

      products as (

          select * from {{ ref('stg_shop__products') }}

      ),

      events as (

          select
              product_id,
              product_name,
              price,
              changed_at as event_effective_at,
              change_id as event_sequence_1,
              coalesce(op in ('D'), false) as event_is_delete
          from products
          where
              product_id is not null
              and changed_at is not null

      ),

      ranked as (

          select
              product_id,
              product_name,
              price,
              event_effective_at,
              event_is_delete,
              row_number() over (
                  partition by product_id, event_effective_at
                  order by
                      event_sequence_1 desc nulls last,
                      event_is_delete desc nulls last,
                      product_name desc nulls last,
                      price desc nulls last
              ) as row_rank
          from events

      ),

      settled as (

          select
              product_id,
              product_name,
              price,
              event_effective_at,
              event_is_delete
          from ranked
          where row_rank = 1

      ),

      hashed as (

          select
              product_id,
              price,
              event_effective_at,
              event_is_delete,
              case
                  when event_is_delete then 'deleted'
                  else {{ surrogate_key([
                      "cast(cast(price as decimal(10, 2)) as varchar)"
                  ]) }}
              end as version_hash
          from settled

      ),

      compared as (

          select
              product_id,
              price,
              event_effective_at,
              event_is_delete,
              version_hash,
              lag(version_hash) over (
                  partition by product_id
                  order by event_effective_at
              ) as previous_hash
          from hashed

      ),

      spans as (

          select
              product_id,
              price,
              event_is_delete as is_deleted,
              event_effective_at as valid_from,
              lead(event_effective_at) over (
                  partition by product_id
                  order by event_effective_at
              ) as valid_to
          from compared
          where previous_hash is distinct from version_hash

      ),

      aged as (

          select
              product_id,
              product_name,
              row_number() over (
                  partition by product_id
                  order by event_is_delete asc, event_effective_at desc
              ) as age_rank
          from settled

      ),

      newest as (

          select
              product_id,
              product_name
          from aged
          where age_rank = 1

      ),

      versions as (

          select
              spans.product_id,
              newest.product_name,
              spans.price,
              spans.valid_from,
              spans.valid_to
          from spans
          inner join newest
              on spans.product_id = newest.product_id
          where not spans.is_deleted

      )

      select * from versions
      "
    `);
    expect(warehouses[0]?.models.get("dim_customer")).toMatchInlineSnapshot(`
      "with

      snapshots as (

          select * from {{ ref('snp_customer') }}

      ),

      members as (

          select * from {{ ref('int_customer_joined') }}

      ),

      spans as (

          select
              customer_id,
              city,
              dbt_valid_from as valid_from,
              dbt_valid_to as valid_to
          from snapshots

      ),

      departed as (

          select
              snapshots.customer_id,
              snapshots.customer_name,
              snapshots.email,
              row_number() over (
                  partition by snapshots.customer_id
                  order by snapshots.dbt_valid_from desc
              ) as age_rank
          from snapshots
          left join members
              on snapshots.customer_id = members.customer_id
          where members.customer_id is null

      ),

      newest as (

          select
              customer_id,
              customer_name,
              email
          from members

          union all

          select
              customer_id,
              customer_name,
              email
          from departed
          where age_rank = 1

      ),

      versions as (

          select
              spans.customer_id,
              newest.customer_name,
              newest.email,
              spans.city,
              spans.valid_from,
              spans.valid_to
          from spans
          inner join newest
              on spans.customer_id = newest.customer_id

      ),

      final as (

          select
              {{ surrogate_key([
                  "cast(customer_id as varchar)",
                  "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
              ]) }} as customer_key,
              {{ surrogate_key(["cast(customer_id as varchar)"]) }} as customer_durable_key,
              customer_id,
              customer_name,
              email,
              city,
              case
                  when
                      lag(valid_from) over (
                          partition by customer_id
                          order by valid_from
                      ) is null
                      then cast('1900-01-01' as timestamp)
                  else valid_from
              end as valid_from,
              coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
              valid_to is null as is_current
          from versions

          union all

          select
              '-1' as customer_key,
              '-1' as customer_durable_key,
              cast(null as integer) as customer_id,
              'Unknown' as customer_name,
              'Unknown' as email,
              'Unknown' as city,
              cast('1900-01-01' as timestamp) as valid_from,
              cast('9999-12-31' as timestamp) as valid_to,
              true as is_current

          union all

          select
              '-2' as customer_key,
              '-2' as customer_durable_key,
              cast(null as integer) as customer_id,
              'Not applicable' as customer_name,
              'Not applicable' as email,
              'Not applicable' as city,
              cast('1900-01-01' as timestamp) as valid_from,
              cast('9999-12-31' as timestamp) as valid_to,
              true as is_current

      )

      select * from final
      "
    `);
    expect(warehouses[0]?.models.get("int_store_versioned")).toMatchInlineSnapshot(`
      "with

      stores as (

          select * from {{ ref('stg_shop__stores') }}

      ),

      extracted as (

          select
              store_id,
              city,
              manager,
              cast(extract_date as timestamp) as event_effective_at,
              false as event_is_delete
          from stores
          where
              store_id is not null
              and extract_date is not null

      ),

      ranked as (

          select
              store_id,
              city,
              manager,
              event_effective_at,
              event_is_delete,
              row_number() over (
                  partition by store_id, event_effective_at
                  order by
                      event_is_delete desc nulls last,
                      city desc nulls last,
                      manager desc nulls last
              ) as row_rank
          from extracted

      ),

      present as (

          select
              store_id,
              city,
              manager,
              event_effective_at,
              event_is_delete
          from ranked
          where row_rank = 1

      ),

      extracts as (

          select distinct
              cast(extract_date as timestamp) as extract_at
          from stores
          where extract_date is not null

      ),

      calendar as (

          select
              extract_at,
              lead(extract_at) over (order by extract_at) as next_extract_at
          from extracts

      ),

      appearances as (

          select
              present.store_id,
              present.city,
              present.manager,
              calendar.next_extract_at,
              lead(present.event_effective_at) over (
                  partition by present.store_id
                  order by present.event_effective_at
              ) as next_seen_at
          from present
          inner join calendar
              on present.event_effective_at = calendar.extract_at

      ),

      settled as (

          select
              store_id,
              city,
              manager,
              event_effective_at,
              event_is_delete
          from present

          union all

          select
              store_id,
              city,
              manager,
              next_extract_at as event_effective_at,
              true as event_is_delete
          from appearances
          where
              next_extract_at is not null
              and next_seen_at is distinct from next_extract_at

      ),

      hashed as (

          select
              store_id,
              city,
              manager,
              event_effective_at,
              event_is_delete,
              case
                  when event_is_delete then 'deleted'
                  else {{ surrogate_key(["city", "manager"]) }}
              end as version_hash
          from settled

      ),

      compared as (

          select
              store_id,
              city,
              manager,
              event_effective_at,
              event_is_delete,
              version_hash,
              lag(version_hash) over (
                  partition by store_id
                  order by event_effective_at
              ) as previous_hash
          from hashed

      ),

      spans as (

          select
              store_id,
              city,
              manager,
              event_is_delete as is_deleted,
              event_effective_at as valid_from,
              lead(event_effective_at) over (
                  partition by store_id
                  order by event_effective_at
              ) as valid_to
          from compared
          where previous_hash is distinct from version_hash

      ),

      versions as (

          select
              store_id,
              city,
              manager,
              valid_from,
              valid_to
          from spans
          where not is_deleted

      )

      select * from versions
      "
    `);
    expect(warehouses[0]?.models.get("dim_date")).toMatchInlineSnapshot(`
      "with

      days as (

          select cast(spine.day as date) as date_day
          from generate_series(
              cast('2026-01-01' as timestamp),
              cast('2026-12-31' as timestamp),
              interval '1 day'
          ) as spine (day)

      ),

      dated as (

          select
              date_day as date,
              cast(extract(year from date_day) as integer) as year,
              cast(extract(quarter from date_day) as integer) as quarter,
              cast(extract(month from date_day) as integer) as month,
              cast(extract(week from date_day) as integer) as iso_week,
              cast(extract(day from date_day) as integer) as day_of_month,
              cast(extract(isodow from date_day) as integer) as day_of_week,
              cast(extract(month from date_day) as integer) as fiscal_month
          from days

      ),

      final as (

          select
              cast(strftime(date, '%Y%m%d') as integer) as date_key,
              date,
              year,
              quarter,
              month,
              case month
                  when 1 then 'January'
                  when 2 then 'February'
                  when 3 then 'March'
                  when 4 then 'April'
                  when 5 then 'May'
                  when 6 then 'June'
                  when 7 then 'July'
                  when 8 then 'August'
                  when 9 then 'September'
                  when 10 then 'October'
                  when 11 then 'November'
                  when 12 then 'December'
              end as month_name,
              iso_week,
              day_of_month,
              day_of_week,
              case day_of_week
                  when 1 then 'Monday'
                  when 2 then 'Tuesday'
                  when 3 then 'Wednesday'
                  when 4 then 'Thursday'
                  when 5 then 'Friday'
                  when 6 then 'Saturday'
                  when 7 then 'Sunday'
              end as day_name,
              day_of_week >= 6 as is_weekend,
              year as fiscal_year,
              cast(ceil(fiscal_month / 3.0) as integer) as fiscal_quarter,
              fiscal_month
          from dated

          union all

          select
              -1 as date_key,
              cast(null as date) as date,
              cast(null as integer) as year,
              cast(null as integer) as quarter,
              cast(null as integer) as month,
              'Unknown' as month_name,
              cast(null as integer) as iso_week,
              cast(null as integer) as day_of_month,
              cast(null as integer) as day_of_week,
              'Unknown' as day_name,
              cast(null as boolean) as is_weekend,
              cast(null as integer) as fiscal_year,
              cast(null as integer) as fiscal_quarter,
              cast(null as integer) as fiscal_month

          union all

          select
              -2 as date_key,
              cast(null as date) as date,
              cast(null as integer) as year,
              cast(null as integer) as quarter,
              cast(null as integer) as month,
              'Not applicable' as month_name,
              cast(null as integer) as iso_week,
              cast(null as integer) as day_of_month,
              cast(null as integer) as day_of_week,
              'Not applicable' as day_name,
              cast(null as boolean) as is_weekend,
              cast(null as integer) as fiscal_year,
              cast(null as integer) as fiscal_quarter,
              cast(null as integer) as fiscal_month

      )

      select * from final
      "
    `);
  });
});
