with

stock_lists as (

    select * from {{ ref('stg_ledger__stock_lists') }}

),

dated as (

    select
        item,
        list_date as period_start,
        first_value(pieces) over (
            partition by item, list_date
            order by
                case when pieces is null then 1 else 0 end,
                list_date desc nulls last,
                item desc nulls last,
                pieces desc nulls last
        ) as pieces_known,
        first_value(pieces) over (
            partition by item, list_date
            order by
                case when pieces is null then 1 else 0 end,
                list_date desc nulls last,
                item desc nulls last,
                pieces desc nulls last
        ) as pieces_counted
    from stock_lists

),

activity as (

    select
        item,
        period_start,
        cast(max(pieces_known) as integer) as pieces_known,
        cast(max(pieces_counted) as integer) as pieces_counted
    from dated
    group by 1, 2

),

horizon as (

    select
        coalesce(
            cast(cast(
                nullif('{{ var("as_of_run", "") }}', '')
                as timestamp
            ) at time zone 'UTC' at time zone 'Europe/Oslo' as date),
            max(period_start)
        ) - 1 as last_period
    from activity

),

spans as (

    select
        item,
        min(period_start) as first_period
    from activity
    group by 1

),

combined as (

    select
        activity.item,
        activity.period_start,
        activity.pieces_known,
        activity.pieces_counted
    from activity
    cross join horizon
    where activity.period_start <= horizon.last_period

    union all

    select
        spans.item,
        cast(
            unnest(generate_series(
                cast(spans.first_period as timestamp),
                cast(horizon.last_period as timestamp),
                interval '1 day'
            )) as date
        ) as period_start,
        cast(null as integer) as pieces_known,
        cast(null as integer) as pieces_counted
    from spans
    cross join horizon

),

settled as (

    select
        item,
        period_start,
        max(pieces_known) as pieces_known,
        coalesce(max(pieces_counted), 0) as pieces_counted
    from combined
    group by 1, 2

),

counted as (

    select
        item,
        period_start,
        pieces_known,
        pieces_counted,
        count(pieces_known) over (
            partition by item
            order by period_start
        ) as pieces_known_readings
    from settled

),

periods as (

    select
        item,
        period_start as period_end,
        max(pieces_known) over (
            partition by item, pieces_known_readings
        ) as pieces_known,
        cast(pieces_counted as integer) as pieces_counted
    from counted

),

final as (

    select
        {{ surrogate_key([
            "periods.item",
            "cast(periods.period_end as varchar)"
        ]) }} as stock_key,
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
        periods.item,
        periods.period_end,
        periods.pieces_known,
        periods.pieces_counted
    from periods

)

select * from final
