with

orders as (

    select * from {{ ref('fct_orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

aggregated as (

    select
        customer.region,
        customer.state,
        cast(sum(orders.sales_amount) as numeric(38, 4)) as sales_amount,
        cast(sum(orders.profit_amount) as numeric(38, 4)) as profit_amount,
        count(distinct orders.order_id) as order_count,
        cast(
            cast((
                0.0
                + percentile_disc(0.5) within group (order by orders.sales_amount)
                + percentile_disc(0.5) within group (order by orders.sales_amount desc)
            ) as double precision) / 2 as double precision
        ) as median_sales_amount,
        cast(
            sum(
                case
                    when orders.ship_mode = 'Same Day' then orders.sales_amount
                    else 0
                end
            ) as numeric(38, 4)
        ) as same_day_sales_amount
    from orders
    left join customer
        on orders.customer_key = customer.customer_key
    group by 1, 2

),

final as (

    select
        {{ surrogate_key(["region", "state"]) }} as sales_by_state_key,
        region,
        state,
        sales_amount,
        profit_amount,
        order_count,
        median_sales_amount,
        same_day_sales_amount
    from aggregated

)

select * from final
