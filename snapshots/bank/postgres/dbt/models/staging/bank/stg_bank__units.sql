with

source as (

    select * from {{ source('bank', 'units') }}

),

renamed as (

    select
        unit_code,
        unit_name,
        parent_code,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
