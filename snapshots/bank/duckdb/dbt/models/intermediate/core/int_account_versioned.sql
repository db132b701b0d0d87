with

accounts as (

    select * from {{ ref('stg_bank__accounts') }}

),

events as (

    select
        account_id,
        product,
        changed_at as event_effective_at,
        row_number() over (
            partition by account_id, changed_at
            order by product desc nulls last, extracted_at desc nulls last
        ) as row_rank
    from accounts
    where
        account_id is not null
        and changed_at is not null

),

settled as (

    select
        account_id,
        product,
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        account_id,
        product,
        event_effective_at,
        {{ surrogate_key(["product"]) }} as version_hash
    from settled

),

compared as (

    select
        account_id,
        product,
        event_effective_at,
        version_hash,
        lag(version_hash) over (
            partition by account_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        account_id,
        product,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by account_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        account_id,
        product,
        valid_from,
        valid_to
    from spans

)

select * from versions
