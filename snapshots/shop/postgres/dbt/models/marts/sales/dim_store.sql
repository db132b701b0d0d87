with

versions as (

    select * from {{ ref('int_store_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "store_id",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as store_key,
        {{ surrogate_key(["store_id"]) }} as store_durable_key,
        store_id,
        city,
        manager,
        case
            when
                lag(valid_from) over (
                    partition by store_id
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
        '-1' as store_key,
        '-1' as store_durable_key,
        cast(null as text) as store_id,
        'Nowhere' as city,
        'Unknown' as manager,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as store_key,
        '-2' as store_durable_key,
        cast(null as text) as store_id,
        'Not applicable' as city,
        'Not applicable' as manager,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
