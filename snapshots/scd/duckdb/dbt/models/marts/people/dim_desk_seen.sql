with

staff as (

    select * from {{ ref('stg_hr__staff') }}

),

members as (

    select
        staff_id,
        staff_name,
        office,
        title
    from staff
    where staff_id is not null

),

final as (

    select
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as desk_seen_key,
        staff_id,
        staff_name,
        office,
        title
    from members

    union all

    select
        '-1' as desk_seen_key,
        cast(null as integer) as staff_id,
        'Unknown' as staff_name,
        'Unknown' as office,
        'Unknown' as title

    union all

    select
        '-2' as desk_seen_key,
        cast(null as integer) as staff_id,
        'Not applicable' as staff_name,
        'Not applicable' as office,
        'Not applicable' as title

)

select * from final
