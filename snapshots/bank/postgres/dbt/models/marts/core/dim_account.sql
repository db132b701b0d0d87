with

versions as (

    select * from {{ ref('int_account_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "account_id",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as account_key,
        {{ surrogate_key(["account_id"]) }} as account_durable_key,
        account_id,
        product,
        case
            when
                lag(valid_from) over (
                    partition by account_id
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
        '-1' as account_key,
        '-1' as account_durable_key,
        cast(null as text) as account_id,
        'Unknown' as product,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as account_key,
        '-2' as account_durable_key,
        cast(null as text) as account_id,
        'Not applicable' as product,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
