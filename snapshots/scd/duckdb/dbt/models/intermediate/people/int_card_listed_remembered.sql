with

staff_lists as (

    select * from {{ ref('stg_hr__staff_lists') }}

),

extracted as (

    select
        staff_id,
        staff_name,
        office as first_office,
        region,
        cast(list_date as timestamp) as event_effective_at,
        row_number() over (
            partition by staff_id, list_date
            order by
                staff_name desc nulls last,
                office desc nulls last,
                region desc nulls last,
                title desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from staff_lists
    where
        staff_id is not null
        and list_date is not null

),

settled as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        event_effective_at
    from extracted
    where row_rank = 1

),

aged as (

    select
        staff_id,
        staff_name,
        first_value(first_office) over (
            partition by staff_id
            order by event_effective_at asc
        ) as first_office,
        region,
        first_value(region) over (
            partition by staff_id
            order by event_effective_at desc
        ) as event_newest_region,
        event_effective_at,
        row_number() over (
            partition by staff_id
            order by event_effective_at desc
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
                    region is distinct from event_newest_region
                    then region
            end
        ) over (
            partition by staff_id
            order by
                case
                    when
                        region is distinct from event_newest_region
                        then 0
                    else 1
                end asc,
                event_effective_at desc
        ) as previous_region,
        age_rank
    from aged

),

newest as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region
    from recalled
    where age_rank = 1

),

members as (

    select
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region
    from newest

)

select * from members
