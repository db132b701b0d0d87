with

account_advisers as (

    select * from {{ ref('stg_bank__account_advisers') }}

),

events as (

    select
        account_id,
        adviser_code,
        share_percent,
        changed_at as event_effective_at,
        coalesce(operation in ('D'), false) as event_is_delete,
        row_number() over (
            partition by account_id, adviser_code, changed_at
            order by
                coalesce(operation in ('D'), false) desc nulls last,
                operation desc nulls last,
                share_percent desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from account_advisers
    where
        account_id is not null
        and adviser_code is not null
        and changed_at is not null

),

settled as (

    select
        account_id,
        adviser_code,
        share_percent,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

hashed as (

    select
        account_id,
        adviser_code,
        share_percent,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key([
                "cast(cast(share_percent as decimal(5, 2)) as varchar)"
            ]) }}
        end as version_hash
    from settled

),

compared as (

    select
        account_id,
        adviser_code,
        share_percent,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by account_id, adviser_code
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        account_id,
        adviser_code,
        share_percent,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by account_id, adviser_code
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        account_id,
        adviser_code,
        share_percent,
        valid_from,
        valid_to
    from spans
    where not is_deleted

)

select * from versions
