with

transactions as (

    select * from {{ ref('fct_transactions') }}

),

account_advisers as (

    select * from {{ ref('bridge_account_advisers') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

adviser as (

    select * from {{ ref('dim_adviser') }}

),

transactions_bridged as (

    select
        case
            when account.account_durable_key = '-2' then '-2'
            else coalesce(account_advisers.adviser_key, '-1')
        end as account_advisers_member_key,
        transactions.amount * coalesce(account_advisers.weighting_factor, 1) as shared_amount
    from transactions
    left join account
        on transactions.account_key = account.account_key
    left join account_advisers
        on account.account_durable_key = account_advisers.account_durable_key
        and cast(transactions.booked_on + 1 as timestamp) > account_advisers.valid_from
        and cast(transactions.booked_on + 1 as timestamp) <= account_advisers.valid_to

),

aggregated as (

    select
        adviser.adviser_name,
        adviser.grade,
        cast(sum(transactions_bridged.shared_amount) as double precision) as amount
    from transactions_bridged
    left join adviser
        on transactions_bridged.account_advisers_member_key = adviser.adviser_key
    group by 1, 2

),

final as (

    select
        {{ surrogate_key(["adviser_name", "grade"]) }} as retail_transactions_by_adviser_key,
        adviser_name,
        grade,
        amount
    from aggregated

)

select * from final
