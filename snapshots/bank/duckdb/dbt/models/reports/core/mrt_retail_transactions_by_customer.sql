with

transactions as (

    select * from {{ ref('fct_transactions') }}

),

account_holders as (

    select * from {{ ref('bridge_account_holders') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

transactions_bridged as (

    select
        transactions.amount,
        account_holders.customer_key as account_holders_member_key,
        transactions.amount * account_holders.weighting_factor as shared_amount,
        case
            when transactions.transactions_key is not null then account_holders.weighting_factor
        end as share_of_transactions_key,
        case
            when transactions.amount is not null then account_holders.weighting_factor
        end as share_of_amount
    from transactions
    left join account
        on transactions.account_key = account.account_key
    inner join account_holders
        on account.account_durable_key = account_holders.account_durable_key

),

aggregated as (

    select
        customer.customer_name,
        customer.segment,
        cast(sum(transactions_bridged.shared_amount) as double) as amount,
        cast(sum(transactions_bridged.amount) as decimal(38, 2)) as amount_touched,
        cast(sum(transactions_bridged.share_of_transactions_key) as double) as transactions,
        cast(
            sum(transactions_bridged.shared_amount) / nullif(sum(transactions_bridged.share_of_amount), 0) as double
        ) as mean_amount
    from transactions_bridged
    left join customer
        on transactions_bridged.account_holders_member_key = customer.customer_key
    group by 1, 2

),

final as (

    select
        {{ surrogate_key(["customer_name", "segment"]) }} as retail_transactions_by_customer_key,
        customer_name,
        segment,
        amount,
        amount_touched,
        transactions,
        mean_amount
    from aggregated

)

select * from final
