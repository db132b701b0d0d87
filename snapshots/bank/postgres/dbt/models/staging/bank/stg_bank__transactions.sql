with

source as (

    select * from {{ source('bank', 'transactions') }}

),

renamed as (

    select
        {{ strict_integer("transaction_id") }} as transaction_id,
        account_id,
        unit_code,
        {{ strict_date("booked_on") }} as booked_on,
        {{ strict_decimal("amount", 12, 2) }} as amount,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
