with

versions as (

    select * from {{ ref('int_product_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(product_id as text)",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as product_key,
        {{ surrogate_key(["cast(product_id as text)"]) }} as product_durable_key,
        product_id,
        price,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as product_key,
        '-1' as product_durable_key,
        cast(null as integer) as product_id,
        cast(null as numeric(10, 2)) as price,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as product_key,
        '-2' as product_durable_key,
        cast(null as integer) as product_id,
        cast(null as numeric(10, 2)) as price,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
