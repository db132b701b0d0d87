with

prices as (

    select * from {{ ref('stg_lab__prices') }}

),

events as (

    select
        test_id,
        price,
        changed_at as event_effective_at,
        row_number() over (
            partition by test_id, changed_at
            order by change_id desc nulls last, price desc nulls last
        ) as row_rank
    from prices
    where
        test_id is not null
        and changed_at is not null

),

settled as (

    select
        test_id,
        price,
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        test_id,
        price,
        event_effective_at,
        {{ surrogate_key(["cast(cast(price as numeric(10, 2)) as text)"]) }} as version_hash
    from settled

),

compared as (

    select
        test_id,
        price,
        event_effective_at,
        version_hash,
        lag(version_hash) over (
            partition by test_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        test_id,
        price,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by test_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        test_id,
        price,
        valid_from,
        valid_to
    from spans

)

select * from versions
