with

balances as (

    select * from {{ ref('fct_balances') }}

),

account_holders as (

    select * from {{ ref('bridge_account_holders') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

balances_bridged as (

    select
        balances.balance_date_key,
        balances.balance,
        account_holders.customer_key as account_holders_member_key,
        balances.balance * account_holders.weighting_factor as shared_balance
    from balances
    left join account
        on balances.account_key = account.account_key
    inner join account_holders
        on account.account_durable_key = account_holders.account_durable_key

),

balances_bridged_dated as (

    select
        days.month,
        customer.customer_name,
        balances_bridged.shared_balance,
        balances_bridged.balance_date_key,
        balances_bridged.balance,
        max(balances_bridged.balance_date_key) over (
            partition by days.month, customer.customer_name
        ) as last_balance_date_key
    from balances_bridged
    left join days
        on balances_bridged.balance_date_key = days.date_key
    left join customer
        on balances_bridged.account_holders_member_key = customer.customer_key

),

aggregated as (

    select
        month,
        customer_name,
        cast(
            sum(
                case
                    when balance_date_key = last_balance_date_key then shared_balance
                end
            ) as double
        ) as balance,
        cast(
            sum(
                case
                    when balance_date_key = last_balance_date_key then balance
                end
            ) as decimal(38, 2)
        ) as balance_touched
    from balances_bridged_dated
    group by 1, 2

),

final as (

    select
        {{ surrogate_key(["cast(month as varchar)", "customer_name"]) }} as retail_balances_by_customer_key,
        month,
        customer_name,
        balance,
        balance_touched
    from aggregated

)

select * from final
