with

source as (

    select * from {{ source('till', 'sales') }}

),

renamed as (

    select
        {{ strict_integer("sale_id") }} as sale_id,
        {{ strict_timestamp_ntz("sold_at") }} as sold_at,
        {{ strict_integer("customer_id") }} as customer_id,
        trim(title) as title,
        {{ strict_integer("quantity") }} as quantity,
        {{ strict_decimal("price", 10, 2) }} as price,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
