with

office_changes as (

    select * from {{ ref('stg_hr__office_changes') }}

),

events as (

    select
        office,
        floor,
        changed_at as event_effective_at,
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
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        office,
        floor,
        event_effective_at,
        {{ surrogate_key(["cast(floor as text)"]) }} as version_hash
    from settled

),

compared as (

    select
        office,
        floor,
        event_effective_at,
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

)

select * from versions
