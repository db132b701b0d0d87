with

orders as (

    select * from {{ ref('stg_ledger__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

keyed as (

    select
        {{ surrogate_key(["cast(orders.order_id as text)"]) }} as fulfilment_key,
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
                then cast(to_char(orders.packed_on, 'YYYYMMDD') as integer)
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
            cast(
                cast(orders.packed_on as date) - cast(
                    (orders.ordered_at at time zone 'UTC' at time zone 'Europe/Oslo') as date
                ) as bigint
            ) as integer
        ) as ordered_to_packed_days,
        cast(
            cast(
                cast(
                    cast(
                        cast(
                            extract(
                                epoch from date_trunc(
                                    'second',
                                    cast(orders.shipped_at as timestamp)
                                ) - date_trunc('second', cast(orders.ordered_at as timestamp))
                            ) / extract(epoch from interval '1 second') as bigint
                        ) as double precision
                    ) / 3600 as text
                ) as numeric
            ) as numeric(12, 2)
        ) as ordered_to_shipped_hours,
        cast(
            cast(
                cast(
                    cast(
                        cast(
                            extract(
                                epoch from date_trunc(
                                    'second',
                                    cast(orders.delivered_at as timestamp)
                                ) - date_trunc('second', cast(orders.shipped_at as timestamp))
                            ) / extract(epoch from interval '1 second') as bigint
                        ) as double precision
                    ) / 3600 as text
                ) as numeric
            ) as numeric(12, 2)
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
                then cast(to_char(ordered_date, 'YYYYMMDD') as integer)
            else -1
        end as ordered_date_key,
        packed_date_key,
        case
            when shipped_date is null then -2
            when
                shipped_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(to_char(shipped_date, 'YYYYMMDD') as integer)
            else -1
        end as shipped_date_key,
        case
            when delivered_date is null then -2
            when
                delivered_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(to_char(delivered_date, 'YYYYMMDD') as integer)
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
