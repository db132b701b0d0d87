with

orders as (

    select * from {{ ref('stg_superstore__orders') }}

),

events as (

    select
        customer_id,
        customer_name,
        segment,
        country,
        region,
        state,
        city,
        postal_code,
        cast(order_date as timestamp) as event_effective_at,
        row_number() over (
            partition by customer_id, order_date
            order by row_id desc nulls last
        ) as row_rank
    from orders
    where
        customer_id is not null
        and order_date is not null

),

settled as (

    select
        customer_id,
        customer_name,
        segment,
        country,
        region,
        state,
        city,
        postal_code,
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        customer_id,
        country,
        region,
        state,
        city,
        postal_code,
        event_effective_at,
        {{ surrogate_key([
            "country",
            "region",
            "state",
            "city",
            "postal_code"
        ]) }} as version_hash
    from settled

),

compared as (

    select
        customer_id,
        country,
        region,
        state,
        city,
        postal_code,
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
        country,
        region,
        state,
        city,
        postal_code,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by customer_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

aged as (

    select
        customer_id,
        customer_name,
        segment,
        row_number() over (
            partition by customer_id
            order by event_effective_at desc
        ) as age_rank
    from settled

),

newest as (

    select
        customer_id,
        customer_name,
        segment
    from aged
    where age_rank = 1

),

versions as (

    select
        spans.customer_id,
        newest.customer_name,
        newest.segment,
        spans.country,
        spans.region,
        spans.state,
        spans.city,
        spans.postal_code,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.customer_id = newest.customer_id

)

select * from versions
