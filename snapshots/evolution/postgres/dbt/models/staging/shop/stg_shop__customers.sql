with

source as (

    select * from {{ source('shop', 'customers') }}

),

renamed as (

    select
        cast(customer_id as integer) as customer_id,
        cast(full_name as text) as full_name,
        cast(city as text) as city,
        cast(points as bigint) as points,
        cast(tier as integer) as tier,
        cast(email as text) as email
    from source

)

select * from renamed
