with

versions as (

    select * from {{ ref('int_customer_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(customer_id as text)",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as customer_key,
        {{ surrogate_key(["cast(customer_id as text)"]) }} as customer_durable_key,
        customer_id,
        customer_name,
        segment,
        case
            when
                lag(valid_from) over (
                    partition by customer_id
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
        '-1' as customer_key,
        '-1' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Unknown' as customer_name,
        'Unknown' as segment,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as customer_key,
        '-2' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Not applicable' as customer_name,
        'Not applicable' as segment,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
