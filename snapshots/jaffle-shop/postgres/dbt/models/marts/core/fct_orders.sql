with

orders as (

    select * from {{ ref('stg_jaffle__orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

final as (

    select
        {{ surrogate_key(["cast(orders.order_id as text)"]) }} as orders_key,
        case
            when orders.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when orders.order_date is null then -2
            when
                orders.order_date
                between cast('2018-01-01' as date) and cast('2018-12-31' as date)
                then cast(to_char(orders.order_date, 'YYYYMMDD') as integer)
            else -1
        end as order_date_key,
        orders.order_id,
        orders.order_status,
        cast(to_char(orders.order_date, 'YYYY-MM') as text) as order_month,
        orders.order_date,
        cast(1 as integer) as order_count,
        cast(case
            when
                (orders.order_status is distinct from 'completed')
                and lower(orders.order_status) not like 'return%'
                then 1
            else 0
        end as integer) as open_order_count
    from orders
    left join customer
        on orders.customer_id = customer.customer_id

)

select * from final
