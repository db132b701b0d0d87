with

source as (

    select * from {{ source('bank', 'accounts') }}

),

renamed as (

    select
        account_id,
        {{ strict_timestamp_ntz("changed_at") }} as changed_at,
        product,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
