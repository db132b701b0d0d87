with

payments as (

    select * from {{ ref('fct_payments') }}

),

aggregated as (

    select
        payment_method,
        cast(sum(amount) as numeric(38, 2)) as amount,
        count(distinct payment_id) as payment_count
    from payments
    group by 1

),

final as (

    select
        {{ surrogate_key(["payment_method"]) }} as shop_payment_methods_key,
        payment_method,
        amount,
        payment_count
    from aggregated

)

select * from final
