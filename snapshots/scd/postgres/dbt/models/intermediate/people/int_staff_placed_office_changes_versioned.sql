with

office_changes as (

    select * from {{ ref('stg_hr__office_changes') }}

),

events as (

    select
        office,
        floor,
        changed_at as event_effective_at,
        change_id as event_sequence_1,
        false as event_is_delete
    from office_changes
    where
        office is not null
        and changed_at is not null

),

ranked as (

    select
        office,
        floor,
        event_effective_at,
        event_is_delete,
        row_number() over (
            partition by office, event_effective_at
            order by
                event_sequence_1 desc nulls last,
                event_is_delete desc nulls last,
                floor desc nulls last
        ) as row_rank
    from events

),

settled as (

    select
        office,
        floor,
        event_effective_at,
        event_is_delete
    from ranked
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
            else {{ surrogate_key(["cast(floor as text)"]) }}
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
