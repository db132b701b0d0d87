with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

aggregated as (

    select
        days.year,
        days.month,
        product.category,
        cast(sum(order_lines.quantity) as bigint) as quantity,
        cast(sum(order_lines.sales_amount) as numeric(38, 4)) as sales_amount,
        cast(sum(order_lines.profit_amount) as numeric(38, 4)) as profit_amount,
        cast(
            cast(
                sum(order_lines.profit_amount) as double precision
            ) / nullif(sum(order_lines.sales_amount), 0) as double precision
        ) as profit_margin
    from order_lines
    left join days
        on order_lines.order_date_key = days.date_key
    left join product
        on order_lines.product_key = product.product_key
    group by 1, 2, 3

),

final as (

    select
        {{ surrogate_key([
            "cast(year as text)",
            "cast(month as text)",
            "category"
        ]) }} as sales_monthly_key,
        year,
        month,
        category,
        quantity,
        sales_amount,
        profit_amount,
        profit_margin
    from aggregated

)

select * from final
