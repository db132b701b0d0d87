with

source as (

    select * from {{ source('hr', 'sales') }}

),

renamed as (

    select
        {{ strict_integer("sale_id") }} as sale_id,
        {{ strict_timestamp("sold_at") }} as sold_at,
        {{ strict_integer("staff_id") }} as staff_id,
        {{ strict_decimal("amount", 10, 2) }} as amount,
        channel,
        {{ strict_boolean("is_gift") }} as is_gift,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
