with

source as (

    select * from {{ source('jaffle', 'payments') }}

),

renamed as (

    select
        {{ strict_integer("id") }} as payment_id,
        {{ strict_integer("order_id") }} as order_id,
        payment_method,
        cast({{ strict_decimal("amount", 28, 9) }} * 0.01 as decimal(12, 2)) as amount,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
