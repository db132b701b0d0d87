with

customers as (

    select * from {{ ref('stg_shop__customers') }}

),

members as (

    select
        customer_id,
        customer_name,
        email,
        city
    from customers
    where customer_id is not null

)

select * from members
