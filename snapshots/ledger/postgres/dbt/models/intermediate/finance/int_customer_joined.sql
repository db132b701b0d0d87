with

customers as (

    select * from {{ ref('stg_ledger__customers') }}

),

members as (

    select
        customer_id,
        city
    from customers
    where customer_id is not null

)

select * from members
