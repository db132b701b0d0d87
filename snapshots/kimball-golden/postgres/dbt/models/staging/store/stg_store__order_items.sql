with

source as (

    select * from {{ source('store', 'order_items') }}

),

renamed as (

    select
        {{ strict_integer("order_item_id") }} as order_item_id,
        {{ strict_integer("order_id") }} as order_id,
        {{ strict_integer("product_id") }} as product_id,
        {{ strict_integer("quantity") }} as quantity,
        {{ strict_decimal("sales_amount", 12, 2) }} as sales_amount,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
