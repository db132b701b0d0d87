with

office_changes as (

    select * from {{ ref('int_hr__office_changes_current') }}

),

members as (

    select
        office,
        floor
    from office_changes
    where office is not null

),

final as (

    select
        {{ surrogate_key(["office"]) }} as office_key,
        office,
        floor
    from members

    union all

    select
        '-1' as office_key,
        cast(null as varchar) as office,
        cast(null as integer) as floor

    union all

    select
        '-2' as office_key,
        cast(null as varchar) as office,
        cast(null as integer) as floor

)

select * from final
