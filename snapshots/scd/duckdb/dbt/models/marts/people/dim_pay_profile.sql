with

profiles as (

    select * from {{ ref('dim_pay_profile_history') }}

),

members as (

    select distinct
        salary_band,
        level
    from profiles
    where pay_profile_key not in ('-1', '-2')

),

final as (

    select
        {{ surrogate_key(["salary_band", "level"]) }} as pay_profile_key,
        salary_band,
        level
    from members

    union all

    select
        '-1' as pay_profile_key,
        'Unknown' as salary_band,
        'Unknown' as level

    union all

    select
        '-2' as pay_profile_key,
        'Not applicable' as salary_band,
        'Not applicable' as level

)

select * from final
