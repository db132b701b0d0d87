with

source as (

    select * from {{ source('ledger', 'stock_lists') }}

),

renamed as (

    select
        {{ strict_date("list_date") }} as list_date,
        item,
        {{ strict_integer("pieces") }} as pieces,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
