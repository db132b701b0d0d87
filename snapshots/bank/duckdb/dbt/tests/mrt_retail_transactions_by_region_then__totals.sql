with

transactions as (

    select * from {{ ref('fct_transactions') }}

),

mrt_retail_transactions_by_region_then as (

    select * from {{ ref('mrt_retail_transactions_by_region_then') }}

),

expected as (

    select coalesce(sum(amount), 0) as expected_amount
    from transactions

),

actual as (

    select coalesce(sum(amount), 0) as actual_amount
    from mrt_retail_transactions_by_region_then

),

compared as (

    select
        'amount' as measure,
        expected.expected_amount as expected_total,
        actual.actual_amount as actual_total
    from expected
    cross join actual

),

final as (

    select
        measure,
        expected_total,
        actual_total
    from compared
    where abs(expected_total - actual_total) > 1e-6 * greatest(abs(expected_total), 1)

)

select * from final
