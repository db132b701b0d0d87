with

sales as (

    select * from {{ ref('stg_hr__sales') }}

),

listed as (

    select distinct staff_id
    from sales
    where staff_id is not null

)

select * from listed
