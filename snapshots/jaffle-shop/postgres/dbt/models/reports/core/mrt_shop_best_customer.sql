with

payments as (

    select * from {{ ref('fct_payments') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

aggregated as (

    select
        customer.customer_id,
        customer.full_name,
        cast(sum(payments.amount) as numeric(38, 2)) as amount
    from payments
    left join customer
        on payments.customer_key = customer.customer_key
    group by 1, 2

),

ranked as (

    select
        customer_id,
        full_name,
        amount,
        row_number() over (
            order by amount desc nulls last, customer_id asc, full_name collate "C" asc
        ) as row_position
    from aggregated

),

final as (

    select
        {{ surrogate_key(["cast(customer_id as text)", "full_name"]) }} as shop_best_customer_key,
        customer_id,
        full_name,
        amount
    from ranked
    where row_position <= 1

)

select * from final
