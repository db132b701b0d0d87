with

transactions as (

    select * from {{ ref('stg_bank__transactions') }}

),

account as (

    select * from {{ ref('dim_account') }}

),

unit as (

    select * from {{ ref('dim_unit') }}

),

final as (

    select
        {{ surrogate_key(["cast(transactions.transaction_id as varchar)"]) }} as transactions_key,
        case
            when transactions.account_id is null then '-2'
            else coalesce(account.account_key, '-1')
        end as account_key,
        case
            when transactions.unit_code is null then '-2'
            else coalesce(unit.unit_key, '-1')
        end as unit_key,
        case
            when transactions.booked_on is null then -2
            when
                transactions.booked_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(transactions.booked_on) * 10000
                    + month(transactions.booked_on) * 100
                    + day(transactions.booked_on) as integer
                )
            else -1
        end as booking_date_key,
        transactions.booked_on,
        transactions.amount
    from transactions
    left join account
        on transactions.account_id = account.account_id
        and cast(transactions.booked_on + 1 as timestamp) > account.valid_from
        and cast(transactions.booked_on + 1 as timestamp) <= account.valid_to
    left join unit
        on transactions.unit_code = unit.unit_code
        and cast(transactions.booked_on + 1 as timestamp) > unit.valid_from
        and cast(transactions.booked_on + 1 as timestamp) <= unit.valid_to

)

select * from final
