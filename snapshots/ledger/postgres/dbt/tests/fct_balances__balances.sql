with

postings as (

    select * from {{ ref('stg_ledger__postings') }}

),

balances as (

    select * from {{ ref('fct_balances') }}

),

newest as (

    select max(period_end) as last_period_end
    from balances

),

expected as (

    select
        coalesce(cast(sum(postings.amount) as numeric(38, 2)), 0) as expected_posted_amount,
        coalesce(cast(sum(1) as bigint), 0) as expected_posting_count,
        coalesce(cast(sum(postings.amount) as numeric(38, 2)), 0) as expected_balance
    from postings
    cross join newest
    where cast(postings.posted_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) <= newest.last_period_end

),

actual as (

    select
        coalesce(sum(balances.posted_amount), 0) as actual_posted_amount,
        coalesce(sum(balances.posting_count), 0) as actual_posting_count,
        coalesce(sum(
            case
                when balances.period_end = newest.last_period_end
                    then balances.balance
            end
        ), 0) as actual_balance
    from balances
    cross join newest

),

compared as (

    select
        expected.expected_posted_amount,
        actual.actual_posted_amount,
        expected.expected_posting_count,
        actual.actual_posting_count,
        expected.expected_balance,
        actual.actual_balance
    from expected
    cross join actual
    where
        expected.expected_posted_amount <> actual.actual_posted_amount
        or expected.expected_posting_count <> actual.actual_posting_count
        or expected.expected_balance <> actual.actual_balance

)

select * from compared
