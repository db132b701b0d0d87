with

source as (

    select * from {{ source('jaffle', 'orders') }}

),

renamed as (

    select
        {{ strict_integer("id") }} as order_id,
        {{ strict_integer("user_id") }} as customer_id,
        {{ strict_date("order_date") }} as order_date,
        status as order_status,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
