with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

aggregated as (

    select
        product.category,
        product.product_id,
        product.product_name,
        cast(sum(order_lines.sales_amount) as decimal(38, 4)) as sales_amount,
        cast(sum(order_lines.profit_amount) as decimal(38, 4)) as profit_amount
    from order_lines
    left join product
        on order_lines.product_key = product.product_key
    group by 1, 2, 3

),

ranked as (

    select
        category,
        product_id,
        product_name,
        sales_amount,
        profit_amount,
        row_number() over (
            partition by category
            order by sales_amount desc nulls last, product_id asc, product_name asc
        ) as row_position
    from aggregated

),

final as (

    select
        {{ surrogate_key(["category", "product_id", "product_name"]) }} as sales_top_products_key,
        category,
        product_id,
        product_name,
        sales_amount,
        profit_amount
    from ranked
    where row_position <= 10

)

select * from final
