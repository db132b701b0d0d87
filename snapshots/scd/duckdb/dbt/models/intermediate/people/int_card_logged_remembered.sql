with

staff_changes as (

    select * from {{ ref('stg_hr__staff_changes') }}

),

events as (

    select
        staff_id,
        staff_name,
        office as first_office,
        region,
        changed_at as event_effective_at,
        coalesce(op in ('D'), false) as event_is_delete,
        row_number() over (
            partition by staff_id, changed_at
            order by
                change_id desc nulls last,
                coalesce(op in ('D'), false) desc nulls last,
                op desc nulls last,
                staff_name desc nulls last,
                office desc nulls last,
                region desc nulls last,
                title desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from staff_changes
    where
        staff_id is not null
        and changed_at is not null

),

settled as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

aged as (

    select
        staff_id,
        staff_name,
        first_value(first_office) over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at asc
        ) as first_office,
        region,
        first_value(event_is_delete) over (
            partition by staff_id
            order by event_effective_at desc
        ) as is_deleted,
        first_value(region) over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at desc
        ) as event_newest_region,
        event_effective_at,
        event_is_delete,
        row_number() over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at desc
        ) as age_rank
    from settled

),

recalled as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        first_value(
            case
                when
                    not event_is_delete
                    and region is distinct from event_newest_region
                    then region
            end
        ) over (
            partition by staff_id
            order by
                case
                    when
                        not event_is_delete
                        and region is distinct from event_newest_region
                        then 0
                    else 1
                end asc,
                event_effective_at desc
        ) as previous_region,
        is_deleted,
        age_rank
    from aged

),

newest as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region,
        is_deleted
    from recalled
    where age_rank = 1

),

members as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region
    from newest
    where not is_deleted

)

select * from members
