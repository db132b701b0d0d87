with

source as (

    select * from {{ source('shop', 'stores') }}

),

renamed as (

    select
        {{ strict_date("extract_date") }} as extract_date,
        store_id,
        city,
        manager,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
