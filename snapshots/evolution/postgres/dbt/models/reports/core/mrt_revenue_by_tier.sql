with

orders as (

    select * from {{ ref('fct_orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

aggregated as (

    select
        customer.tier,
        orders.channel,
        cast(sum(orders.revenue) as numeric(38, 2)) as revenue
    from orders
    left join customer
        on orders.customer_key = customer.customer_key
    group by 1, 2

),

final as (

    select
        {{ surrogate_key(["cast(tier as text)", "cast(channel as text)"]) }} as revenue_by_tier_key,
        tier,
        channel,
        revenue
    from aggregated

)

select * from final
