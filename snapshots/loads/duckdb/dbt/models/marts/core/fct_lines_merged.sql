{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='lines_merged_key',
        on_schema_change='append_new_columns'
    )
}}

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
        ]) }} as lines_merged_key,
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

),

changed as (

    select
        final.lines_merged_key,
        final.product_key,
        final.order_date_key,
        final.order_id,
        final.line_number,
        final.ordered_at,
        final.quantity,
        final.sales_amount
    from final
    {% if is_incremental() %}
    left join {{ this }} as stored
        on final.lines_merged_key = stored.lines_merged_key
    where
        stored.lines_merged_key is null
        or final.product_key is distinct from stored.product_key
        or final.order_date_key is distinct from stored.order_date_key
        or final.order_id is distinct from stored.order_id
        or final.line_number is distinct from stored.line_number
        or final.ordered_at is distinct from stored.ordered_at
        or final.quantity is distinct from stored.quantity
        or final.sales_amount is distinct from stored.sales_amount
    {% endif %}

)

select * from changed
