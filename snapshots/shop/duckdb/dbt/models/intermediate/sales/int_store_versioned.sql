with

stores as (

    select * from {{ ref('stg_shop__stores') }}

),

extracted as (

    select
        store_id,
        city,
        manager,
        cast(extract_date as timestamp) as event_effective_at,
        false as event_is_delete,
        row_number() over (
            partition by store_id, extract_date
            order by
                city desc nulls last,
                manager desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from stores
    where
        store_id is not null
        and extract_date is not null

),

present as (

    select
        store_id,
        city,
        manager,
        event_effective_at,
        event_is_delete
    from extracted
    where row_rank = 1

),

extracts as (

    select distinct cast(extract_date as timestamp) as extract_at
    from stores
    where extract_date is not null

),

calendar as (

    select
        extract_at,
        lead(extract_at) over (order by extract_at) as next_extract_at
    from extracts

),

appearances as (

    select
        present.store_id,
        present.city,
        present.manager,
        calendar.next_extract_at,
        lead(present.event_effective_at) over (
            partition by present.store_id
            order by present.event_effective_at
        ) as next_seen_at
    from present
    inner join calendar
        on present.event_effective_at = calendar.extract_at

),

settled as (

    select
        store_id,
        city,
        manager,
        event_effective_at,
        event_is_delete
    from present

    union all

    select
        store_id,
        city,
        manager,
        next_extract_at as event_effective_at,
        true as event_is_delete
    from appearances
    where
        next_extract_at is not null
        and next_seen_at is distinct from next_extract_at

),

hashed as (

    select
        store_id,
        city,
        manager,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["city", "manager"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        store_id,
        city,
        manager,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by store_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        store_id,
        city,
        manager,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by store_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        store_id,
        city,
        manager,
        valid_from,
        valid_to
    from spans
    where not is_deleted

)

select * from versions
