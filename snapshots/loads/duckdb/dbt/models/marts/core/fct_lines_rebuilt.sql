with

order_lines as (

    select * from {{ ref('stg_shop__order_lines') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(order_lines.order_id as varchar)",
            "cast(order_lines.line_number as varchar)"
        ]) }} as lines_rebuilt_key,
        case
            when order_lines.product_id is null then '-2'
            else coalesce(product.product_key, '-1')
        end as product_key,
        case
            when cast(order_lines.ordered_at as date) is null then -2
            when
                cast(order_lines.ordered_at as date)
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(cast(order_lines.ordered_at as date)) * 10000
                    + month(cast(order_lines.ordered_at as date)) * 100
                    + day(cast(order_lines.ordered_at as date)) as integer
                )
            else -1
        end as order_date_key,
        order_lines.order_id,
        order_lines.line_number,
        order_lines.ordered_at,
        order_lines.quantity,
        cast(order_lines.quantity * product.price as decimal(20, 2)) as sales_amount
    from order_lines
    left join product
        on order_lines.product_id = product.product_id
        and order_lines.ordered_at >= product.valid_from
        and order_lines.ordered_at < product.valid_to

)

select * from final
