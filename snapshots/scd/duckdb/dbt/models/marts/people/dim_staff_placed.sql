with

versions as (

    select * from {{ ref('int_staff_placed_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(staff_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as staff_placed_key,
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as staff_placed_durable_key,
        staff_id,
        office,
        floor,
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
        '-1' as staff_placed_key,
        '-1' as staff_placed_durable_key,
        cast(null as integer) as staff_id,
        'Unknown' as office,
        cast(null as integer) as floor,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as staff_placed_key,
        '-2' as staff_placed_durable_key,
        cast(null as integer) as staff_id,
        'Not applicable' as office,
        cast(null as integer) as floor,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
