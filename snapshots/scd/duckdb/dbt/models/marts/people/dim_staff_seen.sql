with

snapshots as (

    select * from {{ ref('snp_staff_seen') }}

),

followed as (

    select
        staff_id,
        staff_name,
        first_office,
        office,
        region,
        title,
        dbt_valid_from,
        dbt_valid_to,
        lead(dbt_valid_from) over (
            partition by staff_id
            order by dbt_valid_from
        ) as next_valid_from
    from snapshots
    where coalesce(dbt_valid_to > dbt_valid_from, true)

),

settled as (

    select
        staff_id,
        staff_name,
        first_office,
        office,
        region,
        title,
        dbt_valid_from as event_effective_at,
        false as event_is_delete
    from followed

    union all

    select
        staff_id,
        staff_name,
        first_office,
        office,
        region,
        title,
        dbt_valid_to as event_effective_at,
        true as event_is_delete
    from followed
    where
        dbt_valid_to is not null
        and next_valid_from is distinct from dbt_valid_to

),

hashed as (

    select
        staff_id,
        office,
        title,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["office", "title"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        staff_id,
        office,
        title,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by staff_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        staff_id,
        office,
        title,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by staff_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

aged as (

    select
        staff_id,
        staff_name,
        first_value(first_office) over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at asc
        ) as first_office,
        region,
        title as current_title,
        first_value(region) over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at desc
        ) as event_newest_region,
        event_effective_at,
        event_is_delete,
        row_number() over (
            partition by staff_id
            order by event_is_delete asc, event_effective_at desc
        ) as age_rank
    from settled

),

recalled as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        first_value(
            case
                when
                    not event_is_delete
                    and region is distinct from event_newest_region
                    then region
            end
        ) over (
            partition by staff_id
            order by
                case
                    when
                        not event_is_delete
                        and region is distinct from event_newest_region
                        then 0
                    else 1
                end asc,
                event_effective_at desc
        ) as prior_region,
        current_title,
        age_rank
    from aged

),

newest as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        prior_region,
        current_title
    from recalled
    where age_rank = 1

),

versions as (

    select
        spans.staff_id,
        newest.staff_name,
        newest.first_office,
        spans.office,
        newest.region,
        newest.prior_region,
        spans.title,
        newest.current_title,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.staff_id = newest.staff_id
    where not spans.is_deleted

),

final as (

    select
        {{ surrogate_key([
            "cast(staff_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as staff_seen_key,
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as staff_seen_durable_key,
        staff_id,
        staff_name,
        first_office,
        office,
        region,
        prior_region,
        title,
        current_title,
        case
            when
                lag(valid_from) over (
                    partition by staff_id
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
        '-1' as staff_seen_key,
        '-1' as staff_seen_durable_key,
        cast(null as integer) as staff_id,
        'Unknown' as staff_name,
        'Unknown' as first_office,
        'Unknown' as office,
        'Unknown' as region,
        'Unknown' as prior_region,
        'Unknown' as title,
        'Unknown' as current_title,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as staff_seen_key,
        '-2' as staff_seen_durable_key,
        cast(null as integer) as staff_id,
        'Not applicable' as staff_name,
        'Not applicable' as first_office,
        'Not applicable' as office,
        'Not applicable' as region,
        'Not applicable' as prior_region,
        'Not applicable' as title,
        'Not applicable' as current_title,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
