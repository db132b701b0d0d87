with

balances as (

    select * from {{ ref('stg_bank__balances') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

final as (

    select
        {{ surrogate_key([
            "balances.account_id",
            "cast(balances.balance_on as varchar)"
        ]) }} as balances_key,
        case
            when balances.account_id is null then '-2'
            else coalesce(account.account_key, '-1')
        end as account_key,
        case
            when balances.balance_on is null then -2
            when
                balances.balance_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(balances.balance_on) * 10000
                    + month(balances.balance_on) * 100
                    + day(balances.balance_on) as integer
                )
            else -1
        end as balance_date_key,
        balances.balance_on,
        balances.balance
    from balances
    left join account
        on balances.account_id = account.account_id
        and cast(balances.balance_on + 1 as timestamp) > account.valid_from
        and cast(balances.balance_on + 1 as timestamp) <= account.valid_to

)

select * from final
