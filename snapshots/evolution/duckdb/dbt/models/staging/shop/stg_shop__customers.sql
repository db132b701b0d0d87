with

source as (

    select * from {{ source('shop', 'customers') }}

),

renamed as (

    select
        cast(customer_id as integer) as customer_id,
        cast(full_name as varchar) as full_name,
        cast(city as varchar) as city,
        cast(points as bigint) as points,
        cast(tier as integer) as tier,
        cast(email as varchar) as email
    from source

)

select * from renamed
