with

order_events as (

    select * from {{ ref('stg_ledger__order_events') }}

),

orders as (

    select * from {{ ref('stg_ledger__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

keyed as (

    select
        {{ surrogate_key(["cast(order_events.event_no as varchar)"]) }} as order_events_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        cast(order_events.happened_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as event_date,
        order_events.event_no,
        order_events.order_id,
        order_events.event_type,
        order_events.happened_at
    from order_events
    left join orders
        on order_events.order_id = orders.order_id
    left join customer
        on orders.customer_id = customer.customer_id
        and cast(orders.packed_on + 1 as timestamp) at time zone 'Europe/Oslo' at time zone 'UTC' > customer.valid_from
        and cast(orders.packed_on + 1 as timestamp) at time zone 'Europe/Oslo' at time zone 'UTC' <= customer.valid_to

),

final as (

    select
        order_events_key,
        customer_key,
        case
            when event_date is null then -2
            when
                event_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(event_date) * 10000
                    + month(event_date) * 100
                    + day(event_date) as integer
                )
            else -1
        end as event_date_key,
        event_no,
        order_id,
        event_type,
        happened_at
    from keyed

)

select * from final
