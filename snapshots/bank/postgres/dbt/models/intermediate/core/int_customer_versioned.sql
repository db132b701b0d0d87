with

customers as (

    select * from {{ ref('stg_bank__customers') }}

),

events as (

    select
        customer_id,
        customer_name,
        segment,
        changed_at as event_effective_at,
        row_number() over (
            partition by customer_id, changed_at
            order by
                customer_name collate "C" desc nulls last,
                segment collate "C" desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from customers
    where
        customer_id is not null
        and changed_at is not null

),

settled as (

    select
        customer_id,
        customer_name,
        segment,
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        customer_id,
        customer_name,
        segment,
        event_effective_at,
        {{ surrogate_key(["customer_name", "segment"]) }} as version_hash
    from settled

),

compared as (

    select
        customer_id,
        customer_name,
        segment,
        event_effective_at,
        version_hash,
        lag(version_hash) over (
            partition by customer_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        customer_id,
        customer_name,
        segment,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by customer_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        customer_id,
        customer_name,
        segment,
        valid_from,
        valid_to
    from spans

)

select * from versions
