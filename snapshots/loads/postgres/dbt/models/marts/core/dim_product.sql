{{
    config(
        materialized='incremental',
        incremental_strategy='partition_swap',
        unique_key=['product_durable_key', 'product_key'],
        on_schema_change='append_new_columns'
    )
}}

with

products as (

    select * from {{ ref('stg_shop__products') }}

),

listed as (

    select * from {{ ref('stg_shop__products') }}

),

counted as (

    select
        product_id,
        count(*) as source_rows
    from listed
    where product_id is not null
    group by 1

),

touched as (

    select
        counted.product_id,
        counted.source_rows,
        '5f442ab8' as definition_hash
    from counted
    {% if is_incremental() %}
    left join {{ this }} as stored
        on counted.product_id = stored.product_id
        and counted.source_rows = stored.source_rows
        and stored.definition_hash = '5f442ab8'
    where stored.product_key is null
    {% endif %}

),

recent as (

    select products.*
    from products
    {% if is_incremental() %}
    inner join touched
        on products.product_id = touched.product_id
    {% endif %}

),

events as (

    select
        product_id,
        price,
        changed_at as event_effective_at,
        coalesce(op in ('D'), false) as event_is_delete,
        row_number() over (
            partition by product_id, changed_at
            order by
                change_id desc nulls last,
                coalesce(op in ('D'), false) desc nulls last,
                op collate "C" desc nulls last,
                price desc nulls last
        ) as row_rank
    from recent
    where
        product_id is not null
        and changed_at is not null

),

settled as (

    select
        product_id,
        price,
        event_effective_at,
        event_is_delete
    from events
    where row_rank = 1

),

hashed as (

    select
        product_id,
        price,
        event_effective_at,
        event_is_delete,
        case
            when event_is_delete then 'deleted'
            else {{ surrogate_key(["cast(cast(price as numeric(10, 2)) as text)"]) }}
        end as version_hash
    from settled

),

compared as (

    select
        product_id,
        price,
        event_effective_at,
        event_is_delete,
        version_hash,
        lag(version_hash) over (
            partition by product_id
            order by event_effective_at
        ) as previous_hash
    from hashed

),

spans as (

    select
        product_id,
        price,
        event_is_delete as is_deleted,
        event_effective_at as valid_from,
        lead(event_effective_at) over (
            partition by product_id
            order by event_effective_at
        ) as valid_to
    from compared
    where previous_hash is distinct from version_hash

),

versions as (

    select
        spans.product_id,
        spans.price,
        spans.valid_from,
        spans.valid_to,
        touched.source_rows,
        touched.definition_hash
    from spans
    inner join touched
        on spans.product_id = touched.product_id
    where not spans.is_deleted

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
        valid_to is null as is_current,
        source_rows,
        definition_hash
    from versions

    union all

    select
        '-1' as product_key,
        '-1' as product_durable_key,
        cast(null as integer) as product_id,
        cast(null as numeric(10, 2)) as price,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current,
        cast(null as bigint) as source_rows,
        cast(null as text) as definition_hash

    union all

    select
        '-2' as product_key,
        '-2' as product_durable_key,
        cast(null as integer) as product_id,
        cast(null as numeric(10, 2)) as price,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current,
        cast(null as bigint) as source_rows,
        cast(null as text) as definition_hash

),

changed as (

    select
        final.product_key,
        final.product_durable_key,
        final.product_id,
        final.price,
        final.valid_from,
        final.valid_to,
        final.is_current,
        final.source_rows,
        final.definition_hash
    from final
    {% if is_incremental() %}

    union all

    select distinct
        cast(null as text) as product_key,
        stored.product_durable_key,
        cast(null as integer) as product_id,
        cast(null as numeric(10, 2)) as price,
        cast(null as timestamp) as valid_from,
        cast(null as timestamp) as valid_to,
        cast(null as boolean) as is_current,
        cast(null as bigint) as source_rows,
        cast(null as text) as definition_hash
    from {{ this }} as stored
    left join counted
        on stored.product_id = counted.product_id
        and stored.source_rows = counted.source_rows
    where
        counted.source_rows is null
        or stored.definition_hash is distinct from '5f442ab8'
    {% endif %}

)

select * from changed
