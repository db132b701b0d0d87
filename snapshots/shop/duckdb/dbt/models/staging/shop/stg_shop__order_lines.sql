with

source as (

    select * from {{ source('shop', 'order_lines') }}

),

renamed as (

    select
        {{ strict_integer("order_id") }} as order_id,
        {{ strict_integer("line_no") }} as line_number,
        {{ strict_timestamp("ordered_at") }} as ordered_at,
        {{ strict_integer("customer_id") }} as customer_id,
        {{ strict_integer("product_id") }} as product_id,
        store_id,
        {{ strict_integer("quantity") }} as quantity,
        _source as loaded_file,
        {{ strict_bigint("_source_row") }} as loaded_row,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

),

ranked as (

    select
        order_id,
        line_number,
        ordered_at,
        customer_id,
        product_id,
        store_id,
        quantity,
        loaded_file,
        loaded_row,
        extracted_at,
        row_number() over (
            partition by order_id, line_number
            order by loaded_file desc nulls last, loaded_row desc nulls last
        ) as row_rank
    from renamed

),

deduplicated as (

    select
        order_id,
        line_number,
        ordered_at,
        customer_id,
        product_id,
        store_id,
        quantity,
        loaded_file,
        loaded_row,
        extracted_at
    from ranked
    where row_rank = 1

)

select * from deduplicated
