with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

grouped as (

    select
        customer_key,
        order_date_key,
        ship_date_key,
        order_id,
        ship_mode,
        count(*) as line_count,
        cast(sum(quantity) as bigint) as quantity,
        cast(sum(sales_amount) as numeric(38, 4)) as sales_amount,
        cast(sum(profit_amount) as numeric(38, 4)) as profit_amount
    from order_lines
    group by 1, 2, 3, 4, 5

),

final as (

    select
        {{ surrogate_key(["order_id"]) }} as orders_key,
        customer_key,
        order_date_key,
        ship_date_key,
        order_id,
        ship_mode,
        line_count,
        quantity,
        sales_amount,
        profit_amount,
        cast(cast(sales_amount as double precision) / nullif(line_count, 0) as double precision) as sales_per_line
    from grouped

)

select * from final
