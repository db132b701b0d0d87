with

long_visits as (

    select * from {{ ref('int_long_visits') }}

),

final as (

    select
        {{ surrogate_key(["cast(visit_id as varchar)"]) }} as long_visits_key,
        case
            when visited_on is null then -2
            when
                visited_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(visited_on) * 10000
                    + month(visited_on) * 100
                    + day(visited_on) as integer
                )
            else -1
        end as visited_date_key,
        minutes
    from long_visits

)

select * from final
