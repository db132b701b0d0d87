with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

grouped as (

    select
        order_lines.customer_key,
        order_lines.store_key,
        order_lines.order_date_key,
        order_lines.order_id,
        count(*) as line_count,
        cast(sum(order_lines.quantity) as bigint) as quantity,
        cast(sum(order_lines.sales_amount) as decimal(38, 2)) as sales_amount,
        cast(
            sum(
                case
                    when product.price < 80 then order_lines.sales_amount
                    else 0
                end
            ) as decimal(38, 2)
        ) as cheap_sales_amount,
        cast(max(product.price) as decimal(10, 2)) as highest_price
    from order_lines
    left join product
        on order_lines.product_key = product.product_key
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
        sales_amount,
        cheap_sales_amount,
        highest_price
    from grouped

)

select * from final
