with

postings as (

    select * from {{ ref('stg_ledger__postings') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

dated as (

    select
        customer_id,
        cast(
            date_trunc('week', cast(posted_at at time zone 'UTC' at time zone 'Europe/Oslo' as date)) as date
        ) as period_start,
        amount as posted_amount,
        1 as posting_count,
        amount as balance
    from postings

),

activity as (

    select
        customer_id,
        period_start,
        cast(sum(posted_amount) as decimal(38, 2)) as posted_amount,
        cast(sum(posting_count) as bigint) as posting_count,
        cast(sum(balance) as decimal(38, 2)) as balance
    from dated
    group by 1, 2

),

horizon as (

    select cast(max(period_start) - interval '1 week' as date) as last_period
    from activity

),

spans as (

    select
        customer_id,
        min(period_start) as first_period
    from activity
    group by 1

),

combined as (

    select
        activity.customer_id,
        activity.period_start,
        activity.posted_amount,
        activity.posting_count,
        activity.balance
    from activity
    cross join horizon
    where activity.period_start <= horizon.last_period

    union all

    select
        spans.customer_id,
        cast(
            unnest(generate_series(
                cast(spans.first_period as timestamp),
                cast(horizon.last_period as timestamp),
                interval '1 week'
            )) as date
        ) as period_start,
        cast(null as decimal(38, 2)) as posted_amount,
        cast(null as bigint) as posting_count,
        cast(null as decimal(38, 2)) as balance
    from spans
    cross join horizon

),

settled as (

    select
        customer_id,
        period_start,
        coalesce(max(posted_amount), 0) as posted_amount,
        coalesce(max(posting_count), 0) as posting_count,
        coalesce(max(balance), 0) as balance
    from combined
    group by 1, 2

),

periods as (

    select
        customer_id,
        cast(period_start + interval '1 week' as date) - 1 as period_end,
        cast(posted_amount as decimal(38, 2)) as posted_amount,
        cast(posting_count as bigint) as posting_count,
        cast(
            sum(balance) over (
                partition by customer_id
                order by period_start
            ) as decimal(38, 2)
        ) as balance
    from settled

),

final as (

    select
        {{ surrogate_key([
            "cast(periods.customer_id as varchar)",
            "cast(periods.period_end as varchar)"
        ]) }} as balances_key,
        case
            when periods.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when periods.period_end is null then -2
            when
                periods.period_end
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(periods.period_end) * 10000
                    + month(periods.period_end) * 100
                    + day(periods.period_end) as integer
                )
            else -1
        end as date_key,
        periods.customer_id,
        periods.period_end,
        periods.posted_amount,
        periods.posting_count,
        periods.balance
    from periods
    left join customer
        on periods.customer_id = customer.customer_id
        and cast(
            periods.period_end + 1 as timestamp
        ) at time zone 'Europe/Oslo' at time zone 'UTC' > customer.valid_from
        and cast(periods.period_end + 1 as timestamp) at time zone 'Europe/Oslo' at time zone 'UTC' <= customer.valid_to

)

select * from final
