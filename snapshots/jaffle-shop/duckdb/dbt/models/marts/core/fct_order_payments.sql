with

payments as (

    select * from {{ ref('fct_payments') }}

),

grouped as (

    select
        customer_key,
        order_date_key,
        order_id,
        cast(sum(amount) as decimal(38, 2)) as amount,
        cast(
            sum(
                case
                    when payment_method = 'credit_card' then amount
                    else 0
                end
            ) as decimal(38, 2)
        ) as credit_card_amount,
        cast(sum(case when payment_method = 'coupon' then amount else 0 end) as decimal(38, 2)) as coupon_amount,
        cast(
            sum(
                case
                    when payment_method = 'bank_transfer' then amount
                    else 0
                end
            ) as decimal(38, 2)
        ) as bank_transfer_amount,
        cast(
            sum(
                case
                    when payment_method = 'gift_card' then amount
                    else 0
                end
            ) as decimal(38, 2)
        ) as gift_card_amount
    from payments
    group by 1, 2, 3

),

final as (

    select
        {{ surrogate_key(["cast(order_id as varchar)"]) }} as order_payments_key,
        customer_key,
        order_date_key,
        order_id,
        amount,
        credit_card_amount,
        coupon_amount,
        bank_transfer_amount,
        gift_card_amount
    from grouped

)

select * from final
