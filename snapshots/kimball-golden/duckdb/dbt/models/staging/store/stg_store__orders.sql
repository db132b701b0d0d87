with

source as (

    select * from {{ source('store', 'orders') }}

),

renamed as (

    select
        {{ strict_integer("order_id") }} as order_id,
        {{ strict_integer("customer_id") }} as customer_id,
        {{ strict_timestamp("order_date") }} as ordered_at,
        status as order_status,
        {{ strict_timestamp("updated_at") }} as updated_at,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
