{{
    config(
        materialized='incremental',
        incremental_strategy='partition_swap',
        unique_key=['paid_date_key', 'payments_swapped_key'],
        on_schema_change='append_new_columns'
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
        {{ surrogate_key(["cast(payments.payment_id as varchar)"]) }} as payments_swapped_key,
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

touched as (

    {% if is_incremental() %}
        select final.paid_date_key
        from final
        left join {{ this }} as stored
            on final.payments_swapped_key = stored.payments_swapped_key
        where
            stored.payments_swapped_key is null
            or final.product_key is distinct from stored.product_key
            or final.paid_date_key is distinct from stored.paid_date_key
            or final.payment_id is distinct from stored.payment_id
            or final.paid_on is distinct from stored.paid_on
            or final.amount is distinct from stored.amount
            or final.payments is distinct from stored.payments

        union

        select stored.paid_date_key
        from {{ this }} as stored
        left join final
            on stored.payments_swapped_key = final.payments_swapped_key
        where
            final.payments_swapped_key is null
            or stored.paid_date_key is distinct from final.paid_date_key
    {% else %}
        select distinct paid_date_key
        from final
    {% endif %}

),

changed as (

    select
        final.payments_swapped_key,
        final.product_key,
        final.paid_date_key,
        final.payment_id,
        final.paid_on,
        final.amount,
        final.payments
    from final
    inner join touched
        on final.paid_date_key = touched.paid_date_key
    {% if is_incremental() %}

    union all

    select
        cast(null as varchar) as payments_swapped_key,
        cast(null as varchar) as product_key,
        touched.paid_date_key,
        cast(null as integer) as payment_id,
        cast(null as date) as paid_on,
        cast(null as decimal(10, 2)) as amount,
        cast(null as integer) as payments
    from touched
    left join final
        on touched.paid_date_key = final.paid_date_key
    where final.payments_swapped_key is null
    {% endif %}

)

select * from changed
