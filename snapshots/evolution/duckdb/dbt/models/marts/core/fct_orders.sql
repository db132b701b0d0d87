{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='orders_key',
        on_schema_change='append_new_columns'
    )
}}

with

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

final as (

    select
        {{ surrogate_key(["cast(orders.order_id as varchar)"]) }} as orders_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when orders.ordered_on is null then -2
            when
                orders.ordered_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(orders.ordered_on) * 10000
                    + month(orders.ordered_on) * 100
                    + day(orders.ordered_on) as integer
                )
            else -1
        end as order_date_key,
        orders.order_id,
        orders.channel,
        orders.ordered_on,
        orders.amount as revenue,
        orders.weight
    from orders
    left join customer
        on orders.customer_id = customer.customer_id
        and cast(orders.ordered_on + 1 as timestamp) > customer.valid_from
        and cast(orders.ordered_on + 1 as timestamp) <= customer.valid_to

),

changed as (

    select
        final.orders_key,
        final.customer_key,
        final.order_date_key,
        final.order_id,
        final.channel,
        final.ordered_on,
        final.revenue,
        final.weight
    from final
    {% if is_incremental() %}
    left join {{ this }} as stored
        on final.orders_key = stored.orders_key
    where
        stored.orders_key is null
        or final.customer_key is distinct from stored.customer_key
        or final.order_date_key is distinct from stored.order_date_key
        or final.order_id is distinct from stored.order_id
        or final.channel is distinct from stored.channel
        or final.ordered_on is distinct from stored.ordered_on
        or final.revenue is distinct from stored.revenue
        or final.weight is distinct from stored.weight
    {% endif %}

)

select * from changed
