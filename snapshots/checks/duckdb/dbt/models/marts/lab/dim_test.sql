with

versions as (

    select * from {{ ref('int_test_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(test_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as test_key,
        {{ surrogate_key(["cast(test_id as varchar)"]) }} as test_durable_key,
        test_id,
        price,
        case
            when
                lag(valid_from) over (
                    partition by test_id
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
        '-1' as test_key,
        '-1' as test_durable_key,
        cast(null as integer) as test_id,
        cast(null as decimal(10, 2)) as price,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as test_key,
        '-2' as test_durable_key,
        cast(null as integer) as test_id,
        cast(null as decimal(10, 2)) as price,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
