with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

orders as (

    select * from {{ ref('fct_orders') }}

),

expected as (

    select
        count(*) as expected_line_count,
        coalesce(cast(sum(quantity) as bigint), 0) as expected_quantity,
        coalesce(cast(sum(sales_amount) as numeric(38, 4)), 0) as expected_sales_amount,
        coalesce(cast(sum(profit_amount) as numeric(38, 4)), 0) as expected_profit_amount
    from order_lines

),

actual as (

    select
        coalesce(sum(line_count), 0) as actual_line_count,
        coalesce(sum(quantity), 0) as actual_quantity,
        coalesce(sum(sales_amount), 0) as actual_sales_amount,
        coalesce(sum(profit_amount), 0) as actual_profit_amount
    from orders

),

compared as (

    select
        'line_count' as measure,
        expected.expected_line_count as expected_total,
        actual.actual_line_count as actual_total
    from expected
    cross join actual
    where expected.expected_line_count <> actual.actual_line_count

    union all

    select
        'quantity' as measure,
        expected.expected_quantity as expected_total,
        actual.actual_quantity as actual_total
    from expected
    cross join actual
    where expected.expected_quantity <> actual.actual_quantity

    union all

    select
        'sales_amount' as measure,
        expected.expected_sales_amount as expected_total,
        actual.actual_sales_amount as actual_total
    from expected
    cross join actual
    where expected.expected_sales_amount <> actual.actual_sales_amount

    union all

    select
        'profit_amount' as measure,
        expected.expected_profit_amount as expected_total,
        actual.actual_profit_amount as actual_total
    from expected
    cross join actual
    where expected.expected_profit_amount <> actual.actual_profit_amount

)

select * from compared
