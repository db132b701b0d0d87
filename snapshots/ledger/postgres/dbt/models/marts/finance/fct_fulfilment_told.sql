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

ranked as (

    select
        order_id,
        event_type as milestone_type,
        happened_at as milestone_time,
        row_number() over (
            partition by order_id, event_type
            order by event_no desc nulls last
        ) as recency,
        first_value(customer_id) over (
            partition by order_id
            order by
                case when customer_id is null then 1 else 0 end,
                event_no desc nulls last
        ) as customer_id
    from order_events

),

settled as (

    select
        order_id,
        customer_id,
        max(
            case
                when milestone_type = 'ordered' and recency = 1
                    then milestone_time
            end
        ) as ordered_at,
        max(
            case
                when milestone_type = 'parcel packed' and recency = 1
                    then milestone_time
            end
        ) as packed_at,
        max(
            case
                when milestone_type = 'shipped' and recency = 1
                    then milestone_time
            end
        ) as shipped_at,
        max(
            case
                when milestone_type = 'delivered' and recency = 1
                    then milestone_time
            end
        ) as delivered_at
    from ranked
    group by 1, 2

),

keyed as (

    select
        {{ surrogate_key(["cast(settled.order_id as text)"]) }} as fulfilment_told_key,
        case
            when settled.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        cast(settled.ordered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as ordered_date,
        cast(settled.packed_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as packed_date,
        cast(settled.shipped_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as shipped_date,
        cast(settled.delivered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) as delivered_date,
        settled.order_id,
        settled.ordered_at,
        settled.packed_at,
        settled.shipped_at,
        settled.delivered_at,
        orders.amount,
        cast(
            cast(
                cast(
                    cast(
                        cast(
                            extract(
                                epoch from date_trunc('second', cast(settled.packed_at as timestamp)) - date_trunc(
                                    'second',
                                    cast(settled.ordered_at as timestamp)
                                )
                            ) / extract(epoch from interval '1 second') as bigint
                        ) as double precision
                    ) / 3600 as text
                ) as numeric
            ) as numeric(12, 2)
        ) as ordered_to_packed_hours,
        cast(
            cast(
                cast(
                    cast(
                        cast(
                            extract(
                                epoch from date_trunc(
                                    'second',
                                    cast(settled.shipped_at as timestamp)
                                ) - date_trunc('second', cast(settled.ordered_at as timestamp))
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
                                    cast(settled.delivered_at as timestamp)
                                ) - date_trunc('second', cast(settled.shipped_at as timestamp))
                            ) / extract(epoch from interval '1 second') as bigint
                        ) as double precision
                    ) / 3600 as text
                ) as numeric
            ) as numeric(12, 2)
        ) as shipped_to_delivered_hours
    from settled
    left join orders
        on settled.order_id = orders.order_id
    left join customer
        on settled.customer_id = customer.customer_id
        and settled.ordered_at >= customer.valid_from
        and settled.ordered_at < customer.valid_to

),

final as (

    select
        fulfilment_told_key,
        customer_key,
        case
            when ordered_date is null then -2
            when
                ordered_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(to_char(ordered_date, 'YYYYMMDD') as integer)
            else -1
        end as ordered_date_key,
        case
            when packed_date is null then -2
            when
                packed_date
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(to_char(packed_date, 'YYYYMMDD') as integer)
            else -1
        end as packed_date_key,
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
        packed_at,
        shipped_at,
        delivered_at,
        amount,
        ordered_to_packed_hours,
        ordered_to_shipped_hours,
        shipped_to_delivered_hours
    from keyed

)

select * from final
