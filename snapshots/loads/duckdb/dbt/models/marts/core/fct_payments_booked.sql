{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

payments as (

    select * from {{ ref('stg_shop__payments') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

final as (

    select
        {{ surrogate_key(["cast(payments.payment_id as varchar)"]) }} as payments_booked_key,
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

),

latest as (

    {% if is_incremental() %}
        select *
        from (
            select
                stored.*,
                row_number() over (
                    partition by stored.payments_booked_durable_key
                    order by stored.entry_number desc
                ) as recency
            from {{ this }} as stored
        ) as ranked
        where recency = 1
    {% else %}
        select
            payments_booked_key as payments_booked_durable_key,
            product_key,
            paid_date_key,
            payment_id,
            paid_on,
            amount,
            payments,
            0 as entry_number,
            cast('reversal' as varchar) as entry_type
        from final
        where 1 = 0
    {% endif %}

),

introduced as (

    select
        latest.payments_booked_durable_key,
        latest.product_key,
        latest.paid_date_key,
        latest.payment_id,
        latest.paid_on,
        cast(-latest.amount as decimal(10, 2)) as amount,
        cast(-latest.payments as integer) as payments,
        latest.entry_number + 1 as entry_number,
        cast('reversal' as varchar) as entry_type
    from latest
    left join final
        on latest.payments_booked_durable_key = final.payments_booked_key
    where
        latest.entry_type <> 'reversal'
        and (
            final.payments_booked_key is null
            or final.product_key is distinct from latest.product_key
            or final.paid_date_key is distinct from latest.paid_date_key
            or final.payment_id is distinct from latest.payment_id
            or final.paid_on is distinct from latest.paid_on
            or final.amount is distinct from latest.amount
            or final.payments is distinct from latest.payments
        )

    union all

    select
        final.payments_booked_key as payments_booked_durable_key,
        final.product_key,
        final.paid_date_key,
        final.payment_id,
        final.paid_on,
        final.amount,
        final.payments,
        case
            when latest.entry_number is null then 1
            when latest.entry_type = 'reversal' then latest.entry_number + 1
            else latest.entry_number + 2
        end as entry_number,
        case
            when latest.entry_number is null then cast('original' as varchar)
            else cast('correction' as varchar)
        end as entry_type
    from final
    left join latest
        on final.payments_booked_key = latest.payments_booked_durable_key
    where
        latest.payments_booked_durable_key is null
        or latest.entry_type = 'reversal'
        or final.product_key is distinct from latest.product_key
        or final.paid_date_key is distinct from latest.paid_date_key
        or final.payment_id is distinct from latest.payment_id
        or final.paid_on is distinct from latest.paid_on
        or final.amount is distinct from latest.amount
        or final.payments is distinct from latest.payments

),

changed as (

    select
        {{ surrogate_key([
            "payments_booked_durable_key",
            "cast(entry_number as varchar)"
        ]) }} as payments_booked_key,
        product_key,
        paid_date_key,
        payment_id,
        paid_on,
        amount,
        payments,
        payments_booked_durable_key,
        entry_number,
        entry_type,
        {{ run_time() }} as recorded_at
    from introduced

)

select * from changed
