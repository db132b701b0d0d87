with

versions as (

    select * from {{ ref('int_customer_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(customer_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as customer_key,
        {{ surrogate_key(["cast(customer_id as varchar)"]) }} as customer_durable_key,
        customer_id,
        first_name,
        last_name,
        email,
        address,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as customer_key,
        '-1' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Unknown' as first_name,
        'Unknown' as last_name,
        'Unknown' as email,
        'Unknown' as address,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as customer_key,
        '-2' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Not applicable' as first_name,
        'Not applicable' as last_name,
        'Not applicable' as email,
        'Not applicable' as address,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
