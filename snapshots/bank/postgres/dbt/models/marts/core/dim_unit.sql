with

snapshots as (

    select * from {{ ref('snp_unit') }}

),

followed as (

    select
        unit_code,
        unit_name,
        parent_code,
        parent_name,
        dbt_valid_from,
        dbt_valid_to,
        lead(dbt_valid_from) over (
            partition by unit_code
            order by dbt_valid_from
        ) as next_valid_from
    from snapshots
    where coalesce(dbt_valid_to > dbt_valid_from, true)

),

settled as (

    select
        unit_code,
        unit_name,
        parent_code,
        parent_name,
        dbt_valid_from as event_effective_at,
        false as event_is_delete
    from followed

    union all

    select
        unit_code,
        unit_name,
        parent_code,
        parent_name,
        dbt_valid_to as event_effective_at,
        true as event_is_delete
    from followed
    where
        dbt_valid_to is not null
        and next_valid_from is distinct from dbt_valid_to

),

hashed as (

    select
        unit_code,
        unit_name,
        parent_code,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["unit_name", "parent_code"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        unit_code,
        unit_name,
        parent_code,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by unit_code
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        unit_code,
        unit_name,
        parent_code,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by unit_code
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

aged as (

    select
        unit_code,
        parent_name,
        row_number() over (
            partition by unit_code
            order by event_is_delete asc, event_effective_at desc
        ) as age_rank
    from settled

),

newest as (

    select
        unit_code,
        parent_name
    from aged
    where age_rank = 1

),

versions as (

    select
        spans.unit_code,
        spans.unit_name,
        spans.parent_code,
        newest.parent_name,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.unit_code = newest.unit_code
    where not spans.is_deleted

),

final as (

    select
        {{ surrogate_key([
            "unit_code",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as unit_key,
        {{ surrogate_key(["unit_code"]) }} as unit_durable_key,
        unit_code,
        unit_name,
        parent_code,
        parent_name,
        case
            when
                lag(valid_from) over (
                    partition by unit_code
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
        '-1' as unit_key,
        '-1' as unit_durable_key,
        cast(null as text) as unit_code,
        'Unknown' as unit_name,
        'Unknown' as parent_code,
        'Unknown' as parent_name,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as unit_key,
        '-2' as unit_durable_key,
        cast(null as text) as unit_code,
        'Not applicable' as unit_name,
        'Not applicable' as parent_code,
        'Not applicable' as parent_name,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
