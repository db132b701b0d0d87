with

source as (

    select * from {{ source('shop', 'order_lines') }}

),

renamed as (

    select
        cast(change_id as integer) as change_id,
        cast(order_id as integer) as order_id,
        cast(line_number as integer) as line_number,
        {{ strict_timestamp("ordered_at") }} as ordered_at,
        cast(product_id as integer) as product_id,
        cast(quantity as integer) as quantity
    from source

),

ranked as (

    select
        change_id,
        order_id,
        line_number,
        ordered_at,
        product_id,
        quantity,
        row_number() over (
            partition by order_id, line_number
            order by
                change_id desc nulls last,
                ordered_at desc nulls last,
                product_id desc nulls last,
                quantity desc nulls last
        ) as row_rank
    from renamed

),

deduplicated as (

    select
        change_id,
        order_id,
        line_number,
        ordered_at,
        product_id,
        quantity
    from ranked
    where row_rank = 1

)

select * from deduplicated
