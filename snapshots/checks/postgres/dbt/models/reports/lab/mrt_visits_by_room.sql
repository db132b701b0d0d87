with

visits as (

    select * from {{ ref('fct_visits') }}

),

aggregated as (

    select
        room,
        cast(sum(minutes) as bigint) as minutes
    from visits
    group by 1

),

final as (

    select
        {{ surrogate_key(["room"]) }} as visits_by_room_key,
        room,
        minutes
    from aggregated

)

select * from final
