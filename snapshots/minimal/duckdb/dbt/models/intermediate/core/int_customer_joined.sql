with

customers as (

    select * from {{ ref('stg_till__customers') }}

),

members as (

    select
        customer_id,
        customer_name,
        city
    from customers
    where customer_id is not null

)

select * from members
