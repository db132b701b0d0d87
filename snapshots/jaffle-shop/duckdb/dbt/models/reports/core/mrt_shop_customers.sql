with

orders as (

    select * from {{ ref('fct_orders') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

orders_aggregated as (

    select
        customer.customer_id,
        customer.full_name,
        cast(sum(orders.order_count) as bigint) as order_count
    from orders
    left join customer
        on orders.customer_key = customer.customer_key
    group by 1, 2

),

payments_aggregated as (

    select
        customer.customer_id,
        customer.full_name,
        cast(sum(payments.amount) as decimal(38, 2)) as amount
    from payments
    left join customer
        on payments.customer_key = customer.customer_key
    group by 1, 2

),

stacked as (

    select
        customer_id,
        full_name,
        order_count,
        cast(null as decimal(38, 2)) as amount
    from orders_aggregated

    union all

    select
        customer_id,
        full_name,
        cast(null as bigint) as order_count,
        amount
    from payments_aggregated

    union all

    select distinct
        customer_id,
        full_name,
        cast(null as bigint) as order_count,
        cast(null as decimal(38, 2)) as amount
    from customer
    where customer_key not in ('-1', '-2')

),

combined as (

    select
        customer_id,
        full_name,
        coalesce(max(order_count), 0) as order_count,
        cast(coalesce(max(amount), 0) as decimal(38, 2)) as amount
    from stacked
    group by 1, 2

),

final as (

    select
        {{ surrogate_key(["cast(customer_id as varchar)", "full_name"]) }} as shop_customers_key,
        customer_id,
        full_name,
        order_count,
        amount
    from combined

)

select * from final
