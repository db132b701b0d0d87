with

payments as (

    select * from {{ ref('fct_payments') }}

),

order_payments as (

    select * from {{ ref('fct_order_payments') }}

),

expected as (

    select
        coalesce(cast(sum(amount) as numeric(38, 2)), 0) as expected_amount,
        coalesce(
            cast(
                sum(
                    case
                        when payment_method = 'credit_card' then amount
                        else 0
                    end
                ) as numeric(38, 2)
            ),
            0
        ) as expected_credit_card_amount,
        coalesce(
            cast(sum(case when payment_method = 'coupon' then amount else 0 end) as numeric(38, 2)),
            0
        ) as expected_coupon_amount,
        coalesce(
            cast(
                sum(
                    case
                        when payment_method = 'bank_transfer' then amount
                        else 0
                    end
                ) as numeric(38, 2)
            ),
            0
        ) as expected_bank_transfer_amount,
        coalesce(
            cast(
                sum(
                    case
                        when payment_method = 'gift_card' then amount
                        else 0
                    end
                ) as numeric(38, 2)
            ),
            0
        ) as expected_gift_card_amount
    from payments

),

actual as (

    select
        coalesce(sum(amount), 0) as actual_amount,
        coalesce(sum(credit_card_amount), 0) as actual_credit_card_amount,
        coalesce(sum(coupon_amount), 0) as actual_coupon_amount,
        coalesce(sum(bank_transfer_amount), 0) as actual_bank_transfer_amount,
        coalesce(sum(gift_card_amount), 0) as actual_gift_card_amount
    from order_payments

),

compared as (

    select
        'amount' as measure,
        expected.expected_amount as expected_total,
        actual.actual_amount as actual_total
    from expected
    cross join actual
    where expected.expected_amount <> actual.actual_amount

    union all

    select
        'credit_card_amount' as measure,
        expected.expected_credit_card_amount as expected_total,
        actual.actual_credit_card_amount as actual_total
    from expected
    cross join actual
    where expected.expected_credit_card_amount <> actual.actual_credit_card_amount

    union all

    select
        'coupon_amount' as measure,
        expected.expected_coupon_amount as expected_total,
        actual.actual_coupon_amount as actual_total
    from expected
    cross join actual
    where expected.expected_coupon_amount <> actual.actual_coupon_amount

    union all

    select
        'bank_transfer_amount' as measure,
        expected.expected_bank_transfer_amount as expected_total,
        actual.actual_bank_transfer_amount as actual_total
    from expected
    cross join actual
    where expected.expected_bank_transfer_amount <> actual.actual_bank_transfer_amount

    union all

    select
        'gift_card_amount' as measure,
        expected.expected_gift_card_amount as expected_total,
        actual.actual_gift_card_amount as actual_total
    from expected
    cross join actual
    where expected.expected_gift_card_amount <> actual.actual_gift_card_amount

)

select * from compared
