with

visit_topics as (

    select * from {{ ref('stg_bank__visit_topics') }}

),

members as (

    select distinct visit_id
    from visit_topics
    where visit_id is not null

),

final as (

    select
        {{ surrogate_key(["cast(visit_id as text)"]) }} as visit_topics_key,
        visit_id
    from members

    union all

    select
        '-1' as visit_topics_key,
        cast(null as integer) as visit_id

    union all

    select
        '-2' as visit_topics_key,
        cast(null as integer) as visit_id

)

select * from final
