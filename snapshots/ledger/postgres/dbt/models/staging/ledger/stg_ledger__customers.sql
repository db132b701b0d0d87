with

source as (

    select * from {{ source('ledger', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("customer_id") }} as customer_id,
        city,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
