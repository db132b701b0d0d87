with

orders as (

    select * from {{ ref('stg_superstore__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

final as (

    select
        {{ surrogate_key(["cast(orders.row_id as varchar)"]) }} as order_lines_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when orders.product_id is null then '-2'
            else coalesce(product.product_key, '-1')
        end as product_key,
        case
            when orders.order_date is null then -2
            when
                orders.order_date
                between cast('2014-01-01' as date) and cast('2018-12-31' as date)
                then cast(
                    year(orders.order_date) * 10000
                    + month(orders.order_date) * 100
                    + day(orders.order_date) as integer
                )
            else -1
        end as order_date_key,
        case
            when orders.ship_date is null then -2
            when
                orders.ship_date
                between cast('2014-01-01' as date) and cast('2018-12-31' as date)
                then cast(
                    year(orders.ship_date) * 10000
                    + month(orders.ship_date) * 100
                    + day(orders.ship_date) as integer
                )
            else -1
        end as ship_date_key,
        orders.order_id,
        orders.ship_mode,
        orders.order_date,
        orders.quantity,
        orders.sales as sales_amount,
        orders.profit as profit_amount,
        cast(orders.sales - orders.profit as decimal(19, 4)) as cost_amount,
        orders.discount,
        cast(orders.sales / nullif(1 - orders.discount, 0) as double) as list_amount,
        cast(case when orders.profit < 0 then orders.profit else 0 end as decimal(18, 4)) as loss_amount
    from orders
    left join customer
        on orders.customer_id = customer.customer_id
        and cast(orders.order_date + 1 as timestamp) > customer.valid_from
        and cast(orders.order_date + 1 as timestamp) <= customer.valid_to
    left join product
        on orders.product_id = product.product_id

)

select * from final
