with

source as (

    select * from {{ source('bank', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("customer_id") }} as customer_id,
        {{ strict_timestamp_ntz("changed_at") }} as changed_at,
        customer_name,
        segment,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
