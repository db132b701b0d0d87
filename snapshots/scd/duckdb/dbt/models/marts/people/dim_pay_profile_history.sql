with

versions as (

    select * from {{ ref('int_pay_profile_history_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(staff_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as pay_profile_history_key,
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as seller_key,
        {{ surrogate_key(["salary_band", "level"]) }} as pay_profile_key,
        staff_id,
        salary_band,
        level,
        case
            when
                lag(valid_from) over (
                    partition by staff_id
                    order by valid_from
                ) is null
                then least(valid_from, cast('1900-01-01' as timestamp))
            else valid_from
        end as valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as pay_profile_history_key,
        '-1' as seller_key,
        '-1' as pay_profile_key,
        cast(null as integer) as staff_id,
        'Unknown' as salary_band,
        'Unknown' as level,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as pay_profile_history_key,
        '-2' as seller_key,
        '-2' as pay_profile_key,
        cast(null as integer) as staff_id,
        'Not applicable' as salary_band,
        'Not applicable' as level,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
