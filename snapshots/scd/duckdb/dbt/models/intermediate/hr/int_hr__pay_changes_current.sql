with

pay_changes as (

    select * from {{ ref('stg_hr__pay_changes') }}

),

ranked as (

    select
        change_id,
        changed_at,
        staff_id,
        salary,
        level,
        extracted_at,
        row_number() over (
            partition by staff_id
            order by
                changed_at desc nulls last,
                change_id desc nulls last,
                salary desc nulls last,
                level desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from pay_changes

),

latest as (

    select
        change_id,
        changed_at,
        staff_id,
        salary,
        level,
        extracted_at
    from ranked
    where row_rank = 1

)

select * from latest
