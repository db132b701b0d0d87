with

referenced as (

    select * from {{ ref('int_seller_referenced') }}

),

pay_changes as (

    select * from {{ ref('int_hr__pay_changes_current') }}

),

members as (

    select
        staff_id,
        level
    from pay_changes
    where staff_id is not null

),

absent as (

    select referenced.staff_id
    from referenced
    left join members
        on referenced.staff_id = members.staff_id
    where members.staff_id is null

),

final as (

    select
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as seller_key,
        staff_id,
        level,
        false as is_inferred
    from members

    union all

    select
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as seller_key,
        staff_id,
        'Unknown' as level,
        true as is_inferred
    from absent

    union all

    select
        '-1' as seller_key,
        cast(null as integer) as staff_id,
        'Unknown' as level,
        false as is_inferred

    union all

    select
        '-2' as seller_key,
        cast(null as integer) as staff_id,
        'Not applicable' as level,
        false as is_inferred

)

select * from final
