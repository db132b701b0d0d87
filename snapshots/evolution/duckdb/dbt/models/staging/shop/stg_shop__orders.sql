with

source as (

    select * from {{ source('shop', 'orders') }}

),

renamed as (

    select
        cast(change_id as integer) as change_id,
        cast(order_id as integer) as order_id,
        cast(ordered_on as date) as ordered_on,
        cast(customer_id as integer) as customer_id,
        cast(channel as integer) as channel,
        cast(amount as decimal(12, 2)) as amount,
        cast(weight as decimal(8, 3)) as weight
    from source

),

ranked as (

    select
        change_id,
        order_id,
        ordered_on,
        customer_id,
        channel,
        amount,
        weight,
        row_number() over (
            partition by order_id
            order by
                change_id desc nulls last,
                ordered_on desc nulls last,
                customer_id desc nulls last,
                channel desc nulls last,
                amount desc nulls last,
                weight desc nulls last
        ) as row_rank
    from renamed

),

deduplicated as (

    select
        change_id,
        order_id,
        ordered_on,
        customer_id,
        channel,
        amount,
        weight
    from ranked
    where row_rank = 1

)

select * from deduplicated
