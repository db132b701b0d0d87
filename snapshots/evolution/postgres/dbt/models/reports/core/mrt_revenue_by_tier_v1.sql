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
        cast(sum(orders.revenue) as numeric(38, 2)) as amount
    from orders
    left join customer
        on orders.customer_key = customer.customer_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["cast(tier as text)"]) }} as revenue_by_tier_key,
        tier,
        amount
    from aggregated

)

select * from final
