with

office_changes as (

    select * from {{ ref('stg_hr__office_changes') }}

),

ranked as (

    select
        change_id,
        changed_at,
        office,
        floor,
        extracted_at,
        row_number() over (
            partition by office
            order by
                changed_at desc nulls last,
                change_id desc nulls last,
                floor desc nulls last,
                extracted_at desc nulls last
        ) as row_rank
    from office_changes

),

latest as (

    select
        change_id,
        changed_at,
        office,
        floor,
        extracted_at
    from ranked
    where row_rank = 1

)

select * from latest
