with

snapshots as (

    select * from {{ ref('snp_card_seen') }}

),

followed as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
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
        region,
        dbt_valid_from as event_effective_at,
        false as event_is_delete
    from followed

    union all

    select
        staff_id,
        staff_name,
        first_office,
        region,
        dbt_valid_to as event_effective_at,
        true as event_is_delete
    from followed
    where
        dbt_valid_to is not null
        and next_valid_from is distinct from dbt_valid_to

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
        first_value(event_is_delete) over (
            partition by staff_id
            order by event_effective_at desc
        ) as is_deleted,
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
        ) as previous_region,
        is_deleted,
        event_is_delete,
        age_rank
    from aged

),

newest as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region,
        is_deleted
    from recalled
    where
        age_rank = 1
        and not event_is_delete

),

members as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region,
        is_deleted
    from newest

),

final as (

    select
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as card_seen_key,
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region,
        is_deleted
    from members

    union all

    select
        '-1' as card_seen_key,
        cast(null as integer) as staff_id,
        'Unknown' as staff_name,
        'Unknown' as first_office,
        'Nowhere' as region,
        'Nowhere' as previous_region,
        false as is_deleted

    union all

    select
        '-2' as card_seen_key,
        cast(null as integer) as staff_id,
        'Not applicable' as staff_name,
        'Not applicable' as first_office,
        'Not applicable' as region,
        'Not applicable' as previous_region,
        false as is_deleted

)

select * from final
