with

units as (

    select * from {{ ref('stg_bank__units') }}

),

parent as (

    select * from {{ ref('stg_bank__units') }}

),

members as (

    select
        units.unit_code,
        units.unit_name,
        units.parent_code,
        parent.unit_name as parent_name
    from units
    left join parent
        on units.parent_code = parent.unit_code
    where units.unit_code is not null

)

select * from members
