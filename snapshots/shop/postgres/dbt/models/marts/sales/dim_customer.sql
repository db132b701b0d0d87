with

snapshots as (

    select * from {{ ref('snp_customer') }}

),

members as (

    select * from {{ ref('int_customer_joined') }}

),

spans as (

    select
        customer_id,
        city,
        dbt_valid_from as valid_from,
        dbt_valid_to as valid_to
    from snapshots

),

departed as (

    select
        snapshots.customer_id,
        snapshots.customer_name,
        snapshots.email,
        row_number() over (
            partition by snapshots.customer_id
            order by snapshots.dbt_valid_from desc
        ) as age_rank
    from snapshots
    left join members
        on snapshots.customer_id = members.customer_id
    where members.customer_id is null

),

newest as (

    select
        customer_id,
        customer_name,
        email
    from members

    union all

    select
        customer_id,
        customer_name,
        email
    from departed
    where age_rank = 1

),

versions as (

    select
        spans.customer_id,
        newest.customer_name,
        newest.email,
        spans.city,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join newest
        on spans.customer_id = newest.customer_id

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
        email,
        city,
        case
            when
                lag(valid_from) over (
                    partition by customer_id
                    order by valid_from
                ) is null
                then cast('1900-01-01' as timestamp)
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
        'Unknown' as email,
        'Unknown' as city,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as customer_key,
        '-2' as customer_durable_key,
        cast(null as integer) as customer_id,
        'Not applicable' as customer_name,
        'Not applicable' as email,
        'Not applicable' as city,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
