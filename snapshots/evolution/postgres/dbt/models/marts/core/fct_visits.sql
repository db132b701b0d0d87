{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns'
    )
}}

with

visits as (

    select * from {{ ref('stg_shop__visits') }}

),

final as (

    select
        {{ surrogate_key(["cast(visit_id as text)"]) }} as visits_key,
        case
            when cast(visited_at as date) is null then -2
            when
                cast(visited_at as date)
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(to_char(cast(visited_at as date), 'YYYYMMDD') as integer)
            else -1
        end as visited_date_key,
        visit_id,
        visited_at,
        pages_seen
    from visits

),

changed as (

    select
        final.visits_key,
        final.visited_date_key,
        final.visit_id,
        final.visited_at,
        final.pages_seen
    from final
    {% if is_incremental() %}
    left join {{ this }} as stored
        on final.visits_key = stored.visits_key
    where stored.visits_key is null
    {% endif %}

)

select * from changed
