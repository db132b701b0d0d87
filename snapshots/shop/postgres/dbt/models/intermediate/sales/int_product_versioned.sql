with

products as (

    select * from {{ ref('stg_shop__products') }}

),

events as (

    select
        product_id,
        product_name,
        price,
        changed_at as event_effective_at,
        coalesce(op in ('D'), false) as event_is_delete,
        row_number() over (
            partition by product_id, changed_at
            order by
                change_id desc nulls last,
                coalesce(op in ('D'), false) desc nulls last,
                op collate "C" desc nulls last,
                product_name collate "C" desc nulls last,
                price desc nulls last,
                note collate "C" desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from products
    where
        product_id is not null
        and changed_at is not null

),

settled as (

    select
        product_id,
        product_name,
        price,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

hashed as (

    select
        product_id,
        price,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["cast(cast(price as numeric(10, 2)) as text)"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        product_id,
        price,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by product_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        product_id,
        price,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by product_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

aged as (

    select
        product_id,
        product_name,
        row_number() over (
            partition by product_id
            order by event_is_delete asc, event_effective_at desc
        ) as age_rank
    from settled

),

newest as (

    select
        product_id,
        product_name
    from aged
    where age_rank = 1

),

versions as (

    select
        spans.product_id,
        newest.product_name,
        spans.price,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.product_id = newest.product_id
    where not spans.is_deleted

)

select * from versions
