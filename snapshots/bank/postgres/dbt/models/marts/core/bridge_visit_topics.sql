with

visit_topics as (

    select * from {{ ref('stg_bank__visit_topics') }}

),

dim_visit_topics as (

    select * from {{ ref('dim_visit_topics') }}

),

topic as (

    select * from {{ ref('dim_topic') }}

),

memberships as (

    select
        visit_id as group_visit_id,
        topic as member_topic
    from visit_topics
    where
        visit_id is not null
        and topic is not null

),

shared as (

    select
        dim_visit_topics.visit_topics_key,
        case
            when dim_visit_topics.visit_topics_key = '-2' then '-2'
            else coalesce(topic.topic_key, '-1')
        end as topic_key,
        cast(1 as double precision)
        / count(*) over (partition by dim_visit_topics.visit_topics_key) as weighting_factor
    from dim_visit_topics
    left join memberships
        on dim_visit_topics.visit_id = memberships.group_visit_id
    left join topic
        on memberships.member_topic = topic.topic

),

final as (

    select
        visit_topics_key,
        topic_key,
        sum(weighting_factor) as weighting_factor
    from shared
    group by 1, 2

)

select * from final
