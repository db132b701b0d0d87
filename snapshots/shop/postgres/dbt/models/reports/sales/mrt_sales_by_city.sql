with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

aggregated as (

    select
        customer.city,
        cast(sum(order_lines.quantity) as bigint) as quantity,
        cast(sum(order_lines.sales_amount) as numeric(38, 2)) as sales_amount
    from order_lines
    left join customer
        on order_lines.customer_key = customer.customer_key
    group by 1

),

stacked as (

    select
        city,
        quantity,
        sales_amount
    from aggregated

    union all

    select distinct
        city,
        cast(null as bigint) as quantity,
        cast(null as numeric(38, 2)) as sales_amount
    from customer
    where
        customer_key not in ('-1', '-2')
        and is_current

),

combined as (

    select
        city,
        coalesce(max(quantity), 0) as quantity,
        cast(coalesce(max(sales_amount), 0) as numeric(38, 2)) as sales_amount
    from stacked
    group by 1

),

final as (

    select
        {{ surrogate_key(["city"]) }} as sales_by_city_key,
        city,
        quantity,
        sales_amount
    from combined

)

select * from final
