with

advisers as (

    select * from {{ ref('stg_bank__advisers') }}

),

events as (

    select
        adviser_code,
        adviser_name,
        grade,
        changed_at as event_effective_at,
        false as event_is_delete,
        row_number() over (
            partition by adviser_code, changed_at
            order by
                adviser_name collate "C" desc nulls last,
                grade collate "C" desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from advisers
    where
        adviser_code is not null
        and changed_at is not null

),

settled as (

    select
        adviser_code,
        adviser_name,
        grade,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

hashed as (

    select
        adviser_code,
        adviser_name,
        grade,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["adviser_name", "grade"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        adviser_code,
        adviser_name,
        grade,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by adviser_code
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        adviser_code,
        adviser_name,
        grade,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by adviser_code
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        adviser_code,
        adviser_name,
        grade,
        valid_from,
        valid_to
    from spans
    where not is_deleted

)

select * from versions
