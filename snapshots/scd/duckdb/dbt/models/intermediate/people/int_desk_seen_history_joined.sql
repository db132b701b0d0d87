with

staff as (

    select * from {{ ref('stg_hr__staff') }}

),

members as (

    select
        staff_id,
        staff_name,
        office,
        title
    from staff
    where staff_id is not null

)

select * from members
