with

orders as (

    select * from {{ ref('fct_orders') }}

),

aggregated as (

    select
        order_status,
        cast(sum(order_count) as bigint) as order_count
    from orders
    group by 1

),

final as (

    select
        {{ surrogate_key(["order_status"]) }} as shop_orders_by_status_key,
        order_status,
        order_count
    from aggregated

)

select * from final
