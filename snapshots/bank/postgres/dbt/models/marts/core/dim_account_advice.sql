with

versions as (

    select * from {{ ref('int_account_advice_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "account_id",
            "adviser_code",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as account_advice_key,
        {{ surrogate_key(["account_id", "adviser_code"]) }} as account_advice_durable_key,
        account_id,
        adviser_code,
        share_percent,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as account_advice_key,
        '-1' as account_advice_durable_key,
        cast(null as text) as account_id,
        cast(null as text) as adviser_code,
        cast(null as numeric(5, 2)) as share_percent,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as account_advice_key,
        '-2' as account_advice_durable_key,
        cast(null as text) as account_id,
        cast(null as text) as adviser_code,
        cast(null as numeric(5, 2)) as share_percent,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
