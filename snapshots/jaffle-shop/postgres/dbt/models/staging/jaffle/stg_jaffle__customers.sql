with

source as (

    select * from {{ source('jaffle', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("id") }} as customer_id,
        first_name,
        last_name,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
