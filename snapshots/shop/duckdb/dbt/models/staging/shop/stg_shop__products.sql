with

source as (

    select * from {{ source('shop', 'products') }}

),

renamed as (

    select
        {{ strict_integer("change_id") }} as change_id,
        {{ strict_timestamp("changed_at") }} as changed_at,
        op,
        {{ strict_integer("product_id") }} as product_id,
        name as product_name,
        {{ strict_decimal("price", 10, 2) }} as price,
        note,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
