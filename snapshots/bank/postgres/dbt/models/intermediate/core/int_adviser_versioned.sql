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
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        adviser_code,
        adviser_name,
        grade,
        event_effective_at,
        {{ surrogate_key(["adviser_name", "grade"]) }} as version_hash
    from settled

),

compared as (

    select
        adviser_code,
        adviser_name,
        grade,
        event_effective_at,
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

)

select * from versions
