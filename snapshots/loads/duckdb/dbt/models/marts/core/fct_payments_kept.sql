{{
    config(
        materialized='incremental',
        incremental_strategy='merge',
        unique_key='payments_kept_key',
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
        {{ surrogate_key(["cast(payments.payment_id as varchar)"]) }} as payments_kept_key,
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

changed as (

    select
        final.payments_kept_key,
        final.product_key,
        final.paid_date_key,
        final.payment_id,
        final.paid_on,
        final.amount,
        final.payments,
        false as is_deleted,
        cast(null as timestamp) as deleted_at
    from final
    {% if is_incremental() %}
    left join {{ this }} as stored
        on final.payments_kept_key = stored.payments_kept_key
    where
        stored.payments_kept_key is null
        or stored.is_deleted
        or final.product_key is distinct from stored.product_key
        or final.paid_date_key is distinct from stored.paid_date_key
        or final.payment_id is distinct from stored.payment_id
        or final.paid_on is distinct from stored.paid_on
        or final.amount is distinct from stored.amount
        or final.payments is distinct from stored.payments

    union all

    select
        stored.payments_kept_key,
        stored.product_key,
        stored.paid_date_key,
        stored.payment_id,
        stored.paid_on,
        stored.amount,
        stored.payments,
        true as is_deleted,
        {{ run_time() }} as deleted_at
    from {{ this }} as stored
    left join final
        on stored.payments_kept_key = final.payments_kept_key
    where
        final.payments_kept_key is null
        and not stored.is_deleted
    {% endif %}

)

select * from changed
