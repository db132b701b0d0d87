import { describe, expect, it } from "vitest";
import { sqlModel, type SqlModel } from "../../generator/emitters/dbt/sql/query.ts";
import { renderArtifacts } from "../../generator/output/render.ts";

describe("the blueprint of SQL models", () => {
  it("prints a staging model in the layout of dbt's style guide", () => {
    expect(printed({
      config: [],
      ctes: [
        { kind: "import", name: "source", relation: { kind: "source", source: "shop", table: "orders" } },
        { kind: "select", name: "renamed", selects: [{ columns: [{ sql: "cast(id as bigint)", as: "order_id" }, { sql: "status", as: "status" }], from: "source" }] },
      ],
    })).toBe(`with

source as (

    select * from {{ source('shop', 'orders') }}

),

renamed as (

    select
        cast(id as bigint) as order_id,
        status
    from source

)

select * from renamed
`);
  });

  it("prints a config block, joins, conditions, unions, and long expressions hanging below their line", () => {
    expect(printed({
      config: [{ name: "materialized", value: "'table'" }, { name: "tags", value: "['daily']" }],
      ctes: [
        { kind: "import", name: "orders", relation: { kind: "ref", model: "stg_shop__orders" } },
        { kind: "select", name: "joined", selects: [
          {
            distinct: true,
            columns: [{ sql: "case\n    when a then b\n    else c\nend", as: "d" }],
            from: "orders",
            joins: [{ type: "left", relation: "customers", alias: "buyers", on: ["orders.id = buyers.id", "orders.day\n    between x and y"] }],
            where: ["a = 1"],
            groupBy: 2,
            having: ["count(*) > 1", "sum(x) > 2"],
            orderBy: ["a desc", "b"],
            limit: 10,
          },
          { columns: [{ sql: "1", as: "d" }], from: null },
          { columns: [{ sql: "2", as: "d" }], from: "orders", where: ["a = 1", "b = 2"] },
        ] },
        { kind: "text", name: "days", sql: "select 1\n\nfrom x" },
      ],
    })).toBe(`{{
    config(
        materialized='table',
        tags=['daily']
    )
}}

with

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

joined as (

    select distinct
        case
            when a then b
            else c
        end as d
    from orders
    left join customers as buyers
        on orders.id = buyers.id
        and orders.day
            between x and y
    where a = 1
    group by 1, 2
    having
        count(*) > 1
        and sum(x) > 2
    order by a desc, b
    limit 10

    union all

    select 1 as d

    union all

    select 2 as d
    from orders
    where
        a = 1
        and b = 2

),

days as (

    select 1

    from x

)

select * from days
`);
  });

  it("says which file could not be printed", () => {
    expect(() => renderArtifacts([{ kind: "template", blueprint: "no/such", view: {}, path: "a.sql", from: [], origin: null, mode: "generated" }])).toThrow(/no\/such.*a\.sql/);
  });
});

function printed(model: SqlModel): string {
  const [file] = renderArtifacts([sqlModel("dbt/models/x.sql", model, [], null)]);
  return file?.text ?? "";
}
