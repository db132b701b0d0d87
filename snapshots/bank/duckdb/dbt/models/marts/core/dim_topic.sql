with

topics as (

    select * from {{ ref('stg_bank__topics') }}

),

members as (

    select
        topic,
        topic_name
    from topics
    where topic is not null

),

final as (

    select
        {{ surrogate_key(["topic"]) }} as topic_key,
        topic,
        topic_name
    from members

    union all

    select
        '-1' as topic_key,
        cast(null as varchar) as topic,
        'Unknown' as topic_name

    union all

    select
        '-2' as topic_key,
        cast(null as varchar) as topic,
        'Not applicable' as topic_name

)

select * from final
