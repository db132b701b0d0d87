with

orders as (

    select * from {{ ref('fct_orders') }}

),

store as (

    select * from {{ ref('dim_store') }}

),

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

orders_aggregated as (

    select
        store.store_id,
        count(distinct orders.order_id) as order_count
    from orders
    left join store
        on orders.store_key = store.store_key
    group by 1

),

order_lines_aggregated as (

    select
        store.store_id,
        cast(sum(order_lines.sales_amount) as decimal(38, 2)) as sales_amount
    from order_lines
    left join store
        on order_lines.store_key = store.store_key
    group by 1

),

stacked as (

    select
        store_id,
        order_count,
        cast(null as decimal(38, 2)) as sales_amount
    from orders_aggregated

    union all

    select
        store_id,
        cast(null as bigint) as order_count,
        sales_amount
    from order_lines_aggregated

),

combined as (

    select
        store_id,
        coalesce(max(order_count), 0) as order_count,
        cast(coalesce(max(sales_amount), 0) as decimal(38, 2)) as sales_amount
    from stacked
    group by 1

),

calculated as (

    select
        store_id,
        order_count,
        sales_amount,
        cast(sales_amount / nullif(order_count, 0) as double) as sales_per_order
    from combined

),

final as (

    select
        {{ surrogate_key(["store_id"]) }} as sales_store_orders_key,
        store_id,
        order_count,
        sales_amount,
        sales_per_order
    from calculated

)

select * from final
