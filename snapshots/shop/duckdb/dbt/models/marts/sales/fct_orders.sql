with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

grouped as (

    select
        customer_key,
        store_key,
        order_date_key,
        order_id,
        count(*) as line_count,
        cast(sum(quantity) as bigint) as quantity,
        cast(sum(sales_amount) as decimal(38, 2)) as sales_amount
    from order_lines
    group by 1, 2, 3, 4

),

final as (

    select
        {{ surrogate_key(["cast(order_id as varchar)"]) }} as orders_key,
        customer_key,
        store_key,
        order_date_key,
        order_id,
        line_count,
        quantity,
        sales_amount
    from grouped

)

select * from final
