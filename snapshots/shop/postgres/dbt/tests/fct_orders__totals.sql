with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

orders as (

    select * from {{ ref('fct_orders') }}

),

expected as (

    select
        count(*) as expected_line_count,
        coalesce(cast(sum(quantity) as bigint), 0) as expected_quantity,
        coalesce(cast(sum(sales_amount) as numeric(38, 2)), 0) as expected_sales_amount
    from order_lines

),

joined_expected as (

    select
        coalesce(
            cast(
                sum(
                    case
                        when product.price < 80 then order_lines.sales_amount
                        else 0
                    end
                ) as numeric(38, 2)
            ),
            0
        ) as expected_cheap_sales_amount
    from order_lines
    left join product
        on order_lines.product_key = product.product_key

),

actual as (

    select
        coalesce(sum(line_count), 0) as actual_line_count,
        coalesce(sum(quantity), 0) as actual_quantity,
        coalesce(sum(sales_amount), 0) as actual_sales_amount,
        coalesce(sum(cheap_sales_amount), 0) as actual_cheap_sales_amount
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
        'cheap_sales_amount' as measure,
        joined_expected.expected_cheap_sales_amount as expected_total,
        actual.actual_cheap_sales_amount as actual_total
    from joined_expected
    cross join actual
    where joined_expected.expected_cheap_sales_amount <> actual.actual_cheap_sales_amount

)

select * from compared
