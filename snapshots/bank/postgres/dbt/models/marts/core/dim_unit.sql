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

),

final as (

    select
        {{ surrogate_key(["unit_code"]) }} as unit_key,
        unit_code,
        unit_name,
        parent_code
    from members

    union all

    select
        '-1' as unit_key,
        cast(null as text) as unit_code,
        'Unknown' as unit_name,
        'Unknown' as parent_code

    union all

    select
        '-2' as unit_key,
        cast(null as text) as unit_code,
        'Not applicable' as unit_name,
        'Not applicable' as parent_code

)

select * from final
