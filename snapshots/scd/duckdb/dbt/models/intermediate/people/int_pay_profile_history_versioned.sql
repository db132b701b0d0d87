with

pay_changes as (

    select * from {{ ref('stg_hr__pay_changes') }}

),

events as (

    select
        staff_id,
        case
            when salary < 20000 then 'below 20000'
            when salary < 50000 then '20000 to below 50000'
            when salary >= 50000 then '50000 and above'
        end as salary_band,
        level,
        changed_at as event_effective_at,
        row_number() over (
            partition by staff_id, changed_at
            order by
                change_id desc nulls last,
                salary desc nulls last,
                level desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from pay_changes
    where
        staff_id is not null
        and changed_at is not null

),

settled as (

    select
        staff_id,
        salary_band,
        level,
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        staff_id,
        salary_band,
        level,
        event_effective_at,
        {{ surrogate_key(["salary_band", "level"]) }} as version_hash
    from settled

),

compared as (

    select
        staff_id,
        salary_band,
        level,
        event_effective_at,
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
        salary_band,
        level,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by staff_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        staff_id,
        salary_band,
        level,
        valid_from,
        valid_to
    from spans

)

select * from versions
