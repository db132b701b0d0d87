with

source as (

    select * from {{ source('bank', 'balances') }}

),

renamed as (

    select
        account_id,
        {{ strict_date("balance_on") }} as balance_on,
        {{ strict_decimal("balance", 12, 2) }} as balance,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
