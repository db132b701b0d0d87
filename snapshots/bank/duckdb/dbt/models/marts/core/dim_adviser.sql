with

versions as (

    select * from {{ ref('int_adviser_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "adviser_code",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as adviser_key,
        {{ surrogate_key(["adviser_code"]) }} as adviser_durable_key,
        adviser_code,
        adviser_name,
        grade,
        case
            when
                lag(valid_from) over (
                    partition by adviser_code
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
        '-1' as adviser_key,
        '-1' as adviser_durable_key,
        cast(null as varchar) as adviser_code,
        'Unknown' as adviser_name,
        'Unknown' as grade,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as adviser_key,
        '-2' as adviser_durable_key,
        cast(null as varchar) as adviser_code,
        'Not applicable' as adviser_name,
        'Not applicable' as grade,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
