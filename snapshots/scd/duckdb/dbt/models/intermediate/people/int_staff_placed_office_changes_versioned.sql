with

office_changes as (

    select * from {{ ref('stg_hr__office_changes') }}

),

events as (

    select
        office,
        floor,
        changed_at as event_effective_at,
        false as event_is_delete,
        row_number() over (
            partition by office, changed_at
            order by
                change_id desc nulls last,
                floor desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from office_changes
    where
        office is not null
        and changed_at is not null

),

settled as (

    select
        office,
        floor,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

hashed as (

    select
        office,
        floor,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["cast(floor as varchar)"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        office,
        floor,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by office
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        office,
        floor,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by office
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        office,
        floor,
        valid_from,
        valid_to
    from spans
    where not is_deleted

)

select * from versions
