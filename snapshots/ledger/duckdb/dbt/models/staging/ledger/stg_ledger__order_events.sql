with

source as (

    select * from {{ source('ledger', 'order_events') }}

),

renamed as (

    select
        {{ strict_integer("event_no") }} as event_no,
        {{ strict_integer("order_id") }} as order_id,
        {{ strict_integer("customer_id") }} as customer_id,
        event_type,
        {{ strict_timestamp_in("happened_at", "Europe/Oslo") }} as happened_at,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
