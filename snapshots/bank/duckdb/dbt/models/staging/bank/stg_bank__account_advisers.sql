with

source as (

    select * from {{ source('bank', 'account_advisers') }}

),

renamed as (

    select
        account_id,
        adviser_code,
        {{ strict_timestamp_ntz("changed_at") }} as changed_at,
        operation,
        {{ strict_decimal("share_percent", 5, 2) }} as share_percent,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
