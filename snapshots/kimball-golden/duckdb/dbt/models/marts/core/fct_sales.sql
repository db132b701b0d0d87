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

product as (

    select * from {{ ref('dim_product') }}

),

final as (

    select
        {{ surrogate_key(["cast(order_items.order_item_id as varchar)"]) }} as sales_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when order_items.product_id is null then '-2'
            else coalesce(product.product_key, '-1')
        end as product_key,
        case
            when cast(orders.ordered_at as date) is null then -2
            when
                cast(orders.ordered_at as date)
                between cast('2025-01-01' as date) and cast('2025-12-31' as date)
                then cast(
                    year(cast(orders.ordered_at as date)) * 10000
                    + month(cast(orders.ordered_at as date)) * 100
                    + day(cast(orders.ordered_at as date)) as integer
                )
            else -1
        end as order_date_key,
        order_items.order_id,
        orders.order_status,
        orders.ordered_at,
        order_items.quantity,
        order_items.sales_amount,
        cast(order_items.quantity * product.unit_cost as decimal(22, 2)) as cost_amount
    from order_items
    left join orders
        on order_items.order_id = orders.order_id
    left join customer
        on orders.customer_id = customer.customer_id
        and orders.ordered_at >= customer.valid_from
        and orders.ordered_at < customer.valid_to
    left join product
        on order_items.product_id = product.product_id

)

select * from final
