with

snapshots as (

    select * from {{ ref('snp_customer') }}

),

followed as (

    select
        customer_id,
        full_name,
        city,
        points,
        tier,
        email,
        dbt_valid_from,
        dbt_valid_to,
        lead(dbt_valid_from) over (
            partition by customer_id
            order by dbt_valid_from
        ) as next_valid_from
    from snapshots
    where coalesce(dbt_valid_to > dbt_valid_from, true)

),

settled as (

    select
        customer_id,
        full_name,
        city,
        points,
        tier,
        email,
        dbt_valid_from as event_effective_at,
        false as event_is_delete
    from followed

    union all

    select
        customer_id,
        full_name,
        city,
        points,
        tier,
        email,
        dbt_valid_to as event_effective_at,
        true as event_is_delete
    from followed
    where
        dbt_valid_to is not null
        and next_valid_from is distinct from dbt_valid_to

),

hashed as (

    select
        customer_id,
        city,
        points,
        tier,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key([
                "city",
                "cast(points as varchar)",
                "cast(tier as varchar)"
            ]) }}
        end as version_hash
    from settled

),

compared as (

    select
        customer_id,
        city,
        points,
        tier,
        event_effective_at,
        event_is_delete,
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
        city,
        points,
        tier,
        event_is_delete as is_deleted,
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
        full_name,
        email,
        row_number() over (
            partition by customer_id
            order by event_is_delete asc, event_effective_at desc
        ) as age_rank
    from settled

),

newest as (

    select
        customer_id,
        full_name,
        email
    from aged
    where age_rank = 1

),

versions as (

    select
        spans.customer_id,
        newest.full_name,
        spans.city,
        spans.points,
        spans.tier,
        newest.email,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.customer_id = newest.customer_id
    where not spans.is_deleted

),

final as (

    select
        {{ surrogate_key([
            "cast(customer_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as customer_key,
        {{ surrogate_key(["cast(customer_id as varchar)"]) }} as customer_durable_key,
        customer_id,
        full_name,
        city,
        points,
        tier,
        email,
        case
            when
                lag(valid_from) over (
                    partition by customer_id
                    order by valid_from
                ) is null
                then least(valid_from, cast('1900-01-01' as timestamp))
            else valid_from
        end as valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as customer_key,
        '-1' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Unknown' as full_name,
        'Unknown' as city,
        cast(null as bigint) as points,
        cast(null as integer) as tier,
        'Unknown' as email,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as customer_key,
        '-2' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Not applicable' as full_name,
        'Not applicable' as city,
        cast(null as bigint) as points,
        cast(null as integer) as tier,
        'Not applicable' as email,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
