with

source as (

    select * from {{ source('shop', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("id") }} as customer_id,
        name as customer_name,
        sha256('{{ pii_salt() }}' || lower(trim(email))) as email,
        city,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
