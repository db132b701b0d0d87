with

staff_changes as (

    select * from {{ ref('stg_hr__staff_changes') }}

),

events as (

    select
        staff_id,
        staff_name,
        office,
        title,
        changed_at as event_effective_at,
        coalesce(op in ('D'), false) as event_is_delete,
        row_number() over (
            partition by staff_id, changed_at
            order by
                change_id desc nulls last,
                coalesce(op in ('D'), false) desc nulls last,
                op collate "C" desc nulls last,
                staff_name collate "C" desc nulls last,
                office collate "C" desc nulls last,
                region collate "C" desc nulls last,
                title collate "C" desc nulls last,
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
        office,
        title,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

hashed as (

    select
        staff_id,
        office,
        title,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["office", "title"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        staff_id,
        office,
        title,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by staff_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        staff_id,
        office,
        title,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by staff_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

aged as (

    select
        staff_id,
        staff_name,
        row_number() over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at desc
        ) as age_rank
    from settled

),

newest as (

    select
        staff_id,
        staff_name
    from aged
    where age_rank = 1

),

versions as (

    select
        spans.staff_id,
        newest.staff_name,
        spans.office,
        spans.title,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.staff_id = newest.staff_id
    where not spans.is_deleted

)

select * from versions
