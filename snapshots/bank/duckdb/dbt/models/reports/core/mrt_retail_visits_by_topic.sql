with

visits as (

    select * from {{ ref('fct_visits') }}

),

visit_topics as (

    select * from {{ ref('bridge_visit_topics') }}

),

topic as (

    select * from {{ ref('dim_topic') }}

),

visits_bridged as (

    select
        visits.visits_key,
        visit_topics.topic_key as visit_topics_member_key,
        visits.minutes * visit_topics.weighting_factor as shared_minutes
    from visits
    inner join visit_topics
        on visits.visit_topics_key = visit_topics.visit_topics_key

),

aggregated as (

    select
        topic.topic_name,
        cast(sum(visits_bridged.shared_minutes) as double) as minutes,
        count(visits_bridged.visits_key) as visits
    from visits_bridged
    left join topic
        on visits_bridged.visit_topics_member_key = topic.topic_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["topic_name"]) }} as retail_visits_by_topic_key,
        topic_name,
        minutes,
        visits
    from aggregated

)

select * from final
