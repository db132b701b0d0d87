with

source as (

    select * from {{ source('bank', 'account_holders') }}

),

renamed as (

    select
        account_id,
        {{ strict_integer("customer_id") }} as customer_id,
        {{ strict_decimal("share_percent", 5, 2) }} as share_percent,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
