with

payments as (

    select * from {{ ref('stg_shop__payments') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

final as (

    select
        {{ surrogate_key(["cast(payments.payment_id as varchar)"]) }} as payments_rebuilt_key,
        case
            when payments.product_id is null then '-2'
            else coalesce(product.product_key, '-1')
        end as product_key,
        case
            when payments.paid_on is null then -2
            when
                payments.paid_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(payments.paid_on) * 10000
                    + month(payments.paid_on) * 100
                    + day(payments.paid_on) as integer
                )
            else -1
        end as paid_date_key,
        payments.payment_id,
        payments.paid_on,
        payments.amount,
        cast(1 as integer) as payments
    from payments
    left join product
        on payments.product_id = product.product_id
        and cast(payments.paid_on + 1 as timestamp) > product.valid_from
        and cast(payments.paid_on + 1 as timestamp) <= product.valid_to

)

select * from final
