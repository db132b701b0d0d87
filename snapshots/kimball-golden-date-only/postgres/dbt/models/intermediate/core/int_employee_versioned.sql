with

employees as (

    select * from {{ ref('stg_store__employees') }}

),

events as (

    select
        employee_id,
        first_name,
        last_name,
        department,
        title,
        updated_at as event_effective_at,
        row_number() over (
            partition by employee_id, updated_at
            order by
                extracted_at desc nulls last,
                first_name collate "C" desc nulls last,
                last_name collate "C" desc nulls last,
                department collate "C" desc nulls last,
                title collate "C" desc nulls last,
                manager_id desc nulls last
        ) as row_rank
    from employees
    where
        employee_id is not null
        and updated_at is not null

),

settled as (

    select
        employee_id,
        first_name,
        last_name,
        department,
        title,
        event_effective_at
    from events
    where row_rank = 1

),

hashed as (

    select
        employee_id,
        department,
        title,
        event_effective_at,
        {{ surrogate_key(["department", "title"]) }} as version_hash
    from settled

),

compared as (

    select
        employee_id,
        department,
        title,
        event_effective_at,
        version_hash,
        lag(version_hash) over (
            partition by employee_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        employee_id,
        department,
        title,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by employee_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

aged as (

    select
        employee_id,
        first_name,
        last_name,
        row_number() over (
            partition by employee_id
            order by event_effective_at desc
        ) as age_rank
    from settled

),

newest as (

    select
        employee_id,
        first_name,
        last_name
    from aged
    where age_rank = 1

),

versions as (

    select
        spans.employee_id,
        newest.first_name,
        newest.last_name,
        spans.department,
        spans.title,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.employee_id = newest.employee_id

)

select * from versions
