with

source as (

    select * from {{ source('shop', 'payments') }}

),

renamed as (

    select
        cast(payment_id as integer) as payment_id,
        cast(paid_on as date) as paid_on,
        cast(product_id as integer) as product_id,
        cast(amount as numeric(10, 2)) as amount
    from source

)

select * from renamed
