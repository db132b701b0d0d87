with

payments_kept as (

    select * from {{ ref('fct_payments_kept') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

aggregated as (

    select
        days.date,
        cast(sum(payments_kept.amount) as numeric(38, 2)) as amount,
        count(payments_kept.payments_kept_key) as payment_count
    from payments_kept
    left join days
        on payments_kept.paid_date_key = days.date_key
    where not payments_kept.is_deleted
    group by 1

),

final as (

    select
        {{ surrogate_key(["to_char(date, 'YYYY-MM-DD')"]) }} as payments_daily_key,
        date,
        amount,
        payment_count
    from aggregated

)

select * from final
