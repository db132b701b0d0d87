with

source as (

    select * from {{ source('ledger', 'orders') }}

),

renamed as (

    select
        {{ strict_integer("order_id") }} as order_id,
        {{ strict_integer("customer_id") }} as customer_id,
        {{ strict_timestamp_in("ordered_at", "Europe/Oslo") }} as ordered_at,
        {{ strict_date("packed_on") }} as packed_on,
        {{ strict_timestamp_in("shipped_at", "Europe/Oslo") }} as shipped_at,
        {{ strict_timestamp_in("delivered_at", "Europe/Oslo") }} as delivered_at,
        {{ strict_decimal("amount", 12, 2) }} as amount,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
