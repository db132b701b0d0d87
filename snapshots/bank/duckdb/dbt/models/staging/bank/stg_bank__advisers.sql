with

source as (

    select * from {{ source('bank', 'advisers') }}

),

renamed as (

    select
        adviser_code,
        {{ strict_timestamp_ntz("changed_at") }} as changed_at,
        adviser_name,
        grade,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
