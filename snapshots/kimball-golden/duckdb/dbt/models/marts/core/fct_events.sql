with

store_events as (

    select * from {{ ref('stg_store__events') }}

),

final as (

    select
        {{ surrogate_key(["cast(event_id as varchar)"]) }} as events_key,
        case
            when cast(event_time as date) is null then -2
            when
                cast(event_time as date)
                between cast('2025-01-01' as date) and cast('2025-12-31' as date)
                then cast(
                    year(cast(event_time as date)) * 10000
                    + month(cast(event_time as date)) * 100
                    + day(cast(event_time as date)) as integer
                )
            else -1
        end as event_date_key,
        event_id,
        event_type,
        event_time
    from store_events

)

select * from final
