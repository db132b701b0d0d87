with

source as (

    select * from {{ source('shop', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("id") }} as customer_id,
        name as customer_name,
        encode(sha256(convert_to('{{ pii_salt() }}' || lower(trim(email)), 'UTF8')), 'hex') as email,
        city,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
