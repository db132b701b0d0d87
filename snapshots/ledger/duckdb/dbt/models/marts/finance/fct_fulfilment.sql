with

orders as (

    select * from {{ ref('stg_ledger__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

keyed as (

    select
        {{ surrogate_key(["cast(orders.order_id as varchar)"]) }} as fulfilment_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        cast(orders.ordered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as ordered_date,
        case
            when orders.packed_on is null then -2
            when
                orders.packed_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(orders.packed_on) * 10000
                    + month(orders.packed_on) * 100
                    + day(orders.packed_on) as integer
                )
            else -1
        end as packed_date_key,
        cast(orders.shipped_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as shipped_date,
        cast(orders.delivered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as delivered_date,
        orders.order_id,
        orders.ordered_at,
        orders.packed_on,
        orders.shipped_at,
        orders.delivered_at,
        orders.amount,
        cast(
            date_diff(
                'day',
                (orders.ordered_at at time zone 'UTC' at time zone 'Europe/Oslo'),
                orders.packed_on
            ) as integer
        ) as ordered_to_packed_days,
        cast(
            cast(date_diff('second', orders.ordered_at, orders.shipped_at) / 3600 as varchar) as decimal(12, 2)
        ) as ordered_to_shipped_hours,
        cast(
            cast(date_diff('second', orders.shipped_at, orders.delivered_at) / 3600 as varchar) as decimal(12, 2)
        ) as shipped_to_delivered_hours
    from orders
    left join customer
        on orders.customer_id = customer.customer_id
        and orders.ordered_at >= customer.valid_from
        and orders.ordered_at < customer.valid_to

),

final as (

    select
        fulfilment_key,
        customer_key,
        case
            when ordered_date is null then -2
            when
                ordered_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(ordered_date) * 10000
                    + month(ordered_date) * 100
                    + day(ordered_date) as integer
                )
            else -1
        end as ordered_date_key,
        packed_date_key,
        case
            when shipped_date is null then -2
            when
                shipped_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(shipped_date) * 10000
                    + month(shipped_date) * 100
                    + day(shipped_date) as integer
                )
            else -1
        end as shipped_date_key,
        case
            when delivered_date is null then -2
            when
                delivered_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(delivered_date) * 10000
                    + month(delivered_date) * 100
                    + day(delivered_date) as integer
                )
            else -1
        end as delivered_date_key,
        order_id,
        ordered_at,
        packed_on,
        shipped_at,
        delivered_at,
        amount,
        ordered_to_packed_days,
        ordered_to_shipped_hours,
        shipped_to_delivered_hours
    from keyed

)

select * from final
