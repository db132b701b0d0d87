with

staff_changes as (

    select * from {{ ref('stg_hr__staff_changes') }}

),

ranked as (

    select
        change_id,
        changed_at,
        op,
        staff_id,
        staff_name,
        office,
        region,
        title,
        extracted_at,
        row_number() over (
            partition by staff_id
            order by
                changed_at desc nulls last,
                change_id desc nulls last,
                op in ('D') desc nulls last,
                op desc nulls last,
                staff_name desc nulls last,
                office desc nulls last,
                region desc nulls last,
                title desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from staff_changes

),

latest as (

    select
        change_id,
        changed_at,
        op,
        staff_id,
        staff_name,
        office,
        region,
        title,
        extracted_at
    from ranked
    where
        row_rank = 1
        and (op not in ('D') or op is null)

)

select * from latest
