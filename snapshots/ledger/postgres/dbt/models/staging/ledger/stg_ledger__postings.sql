with

source as (

    select * from {{ source('ledger', 'postings') }}

),

renamed as (

    select
        {{ strict_integer("posting_id") }} as posting_id,
        {{ strict_integer("customer_id") }} as customer_id,
        {{ strict_timestamp_in("posted_at", "Europe/Oslo") }} as posted_at,
        {{ strict_decimal("amount", 12, 2) }} as amount,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
