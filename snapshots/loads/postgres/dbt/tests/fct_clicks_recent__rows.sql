with

clicks as (

    select * from {{ ref('stg_shop__clicks') }}

),

clicks_recent as (

    select * from {{ ref('fct_clicks_recent') }}

),

counted as (

    select
        {{ surrogate_key(["cast(click_id as text)"]) }} as clicks_recent_key,
        cast(loaded_at as timestamp) as loaded_at
    from clicks

),

missed as (

    select
        counted.clicks_recent_key,
        counted.loaded_at,
        clicks_recent.source_loaded_at
    from counted
    left join clicks_recent
        on counted.clicks_recent_key = clicks_recent.clicks_recent_key
    where
        coalesce(counted.loaded_at >= {{ window_start(ref('fct_clicks_recent'), 2) }}, true)
        and (
            clicks_recent.clicks_recent_key is null
            or clicks_recent.source_loaded_at is distinct from counted.loaded_at
        )

    union all

    select
        clicks_recent.clicks_recent_key,
        counted.loaded_at,
        clicks_recent.source_loaded_at
    from clicks_recent
    left join counted
        on clicks_recent.clicks_recent_key = counted.clicks_recent_key
    where counted.clicks_recent_key is null

)

select * from missed
