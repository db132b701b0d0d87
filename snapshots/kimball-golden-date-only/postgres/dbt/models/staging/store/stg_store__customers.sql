with

source as (

    select * from {{ source('store', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("customer_id") }} as customer_id,
        first_name,
        last_name,
        email,
        address,
        {{ strict_timestamp("updated_at") }} as updated_at,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
