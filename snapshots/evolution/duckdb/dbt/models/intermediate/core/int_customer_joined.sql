with

customers as (

    select * from {{ ref('stg_shop__customers') }}

),

members as (

    select
        customer_id,
        full_name,
        city,
        points,
        tier,
        email
    from customers
    where customer_id is not null

)

select * from members
