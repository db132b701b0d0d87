with

units as (

    select * from {{ ref('stg_bank__units') }}

),

members as (

    select
        unit_code,
        unit_name,
        parent_code
    from units
    where unit_code is not null

)

select * from members
