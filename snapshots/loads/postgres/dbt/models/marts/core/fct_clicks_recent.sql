{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='click_id',
        on_schema_change='append_new_columns'
    )
}}

with

clicks as (

    select * from {{ ref('stg_shop__clicks') }}

),

recent as (

    select *
    from clicks
    {% if is_incremental() %}
    where
        loaded_at is null
        or loaded_at >= {{ window_start(this, 2) }}
    {% endif %}

),

final as (

    select
        {{ surrogate_key(["cast(click_id as text)"]) }} as clicks_recent_key,
        case
            when clicked_on is null then -2
            when
                clicked_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(to_char(clicked_on, 'YYYYMMDD') as integer)
            else -1
        end as click_date_key,
        click_id,
        seconds,
        loaded_at as source_loaded_at
    from recent

)

select * from final
