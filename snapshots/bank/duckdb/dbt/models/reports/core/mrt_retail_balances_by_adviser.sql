with

balances as (

    select * from {{ ref('fct_balances') }}

),

account_advisers as (

    select * from {{ ref('bridge_account_advisers') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

adviser as (

    select * from {{ ref('dim_adviser') }}

),

balances_bridged as (

    select
        balances.balance_date_key,
        case
            when account.account_durable_key = '-2' then '-2'
            else coalesce(account_advisers.adviser_key, '-1')
        end as account_advisers_member_key,
        balances.balance * coalesce(account_advisers.weighting_factor, 1) as shared_balance
    from balances
    left join account
        on balances.account_key = account.account_key
    left join account_advisers
        on account.account_durable_key = account_advisers.account_durable_key
        and cast(balances.balance_on + 1 as timestamp) > account_advisers.valid_from
        and cast(balances.balance_on + 1 as timestamp) <= account_advisers.valid_to

),

balances_bridged_dated as (

    select
        days.month,
        adviser.adviser_name,
        adviser.grade,
        balances_bridged.shared_balance,
        balances_bridged.balance_date_key,
        max(balances_bridged.balance_date_key) over (
            partition by days.month, adviser.adviser_name, adviser.grade
        ) as last_balance_date_key
    from balances_bridged
    left join days
        on balances_bridged.balance_date_key = days.date_key
    left join adviser
        on balances_bridged.account_advisers_member_key = adviser.adviser_key

),

aggregated as (

    select
        month,
        adviser_name,
        grade,
        cast(
            sum(
                case
                    when balance_date_key = last_balance_date_key then shared_balance
                end
            ) as double
        ) as balance
    from balances_bridged_dated
    group by 1, 2, 3

),

final as (

    select
        {{ surrogate_key([
            "cast(month as varchar)",
            "adviser_name",
            "grade"
        ]) }} as retail_balances_by_adviser_key,
        month,
        adviser_name,
        grade,
        balance
    from aggregated

)

select * from final
