with

order_items as (

    select * from {{ ref('stg_store__order_items') }}

),

orders as (

    select * from {{ ref('stg_store__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

employee as (

    select * from {{ ref('dim_employee') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

employee_opened as (

    select
        employee_key,
        employee_id,
        first_name,
        last_name,
        department,
        title,
        case
            when valid_from = min(valid_from) over (partition by employee_id)
                then cast('0001-01-01' as timestamp)
            else valid_from
        end as valid_from,
        valid_to
    from employee

),

final as (

    select
        {{ surrogate_key(["cast(order_items.order_item_id as varchar)"]) }} as sales_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when orders.employee_id is null then '-2'
            else coalesce(employee_opened.employee_key, '-1')
        end as employee_key,
        case
            when order_items.product_id is null then '-2'
            else coalesce(product.product_key, '-1')
        end as product_key,
        case
            when orders.order_date is null then -2
            when
                orders.order_date
                between cast('2025-01-01' as date) and cast('2025-12-31' as date)
                then cast(
                    year(orders.order_date) * 10000
                    + month(orders.order_date) * 100
                    + day(orders.order_date) as integer
                )
            else -1
        end as order_date_key,
        order_items.order_id,
        orders.order_date,
        order_items.quantity,
        order_items.sales_amount
    from order_items
    left join orders
        on order_items.order_id = orders.order_id
    left join customer
        on orders.customer_id = customer.customer_id
        and cast(orders.order_date + 1 as timestamp) > customer.valid_from
        and cast(orders.order_date + 1 as timestamp) <= customer.valid_to
    left join employee_opened
        on orders.employee_id = employee_opened.employee_id
        and cast(orders.order_date as timestamp) >= employee_opened.valid_from
        and cast(orders.order_date as timestamp) < employee_opened.valid_to
    left join product
        on order_items.product_id = product.product_id

)

select * from final
