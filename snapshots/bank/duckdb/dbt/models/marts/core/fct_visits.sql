with

visits as (

    select * from {{ ref('stg_bank__visits') }}

),

visit_topics as (

    select * from {{ ref('dim_visit_topics') }}

),

final as (

    select
        {{ surrogate_key(["cast(visits.visit_id as varchar)"]) }} as visits_key,
        case
            when visits.visit_id is null then '-2'
            else coalesce(visit_topics.visit_topics_key, '-1')
        end as visit_topics_key,
        case
            when visits.visited_on is null then -2
            when
                visits.visited_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(visits.visited_on) * 10000
                    + month(visits.visited_on) * 100
                    + day(visits.visited_on) as integer
                )
            else -1
        end as visit_date_key,
        visits.visited_on,
        visits.minutes
    from visits
    left join visit_topics
        on visits.visit_id = visit_topics.visit_id

)

select * from final
