with

source as (

    select * from {{ source('store', 'products') }}

),

renamed as (

    select
        {{ strict_integer("product_id") }} as product_id,
        name as product_name,
        category,
        {{ strict_decimal("unit_cost", 12, 2) }} as unit_cost,
        {{ strict_timestamp("updated_at") }} as updated_at,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
