with

payments_booked as (

    select * from {{ ref('fct_payments_booked') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

aggregated as (

    select
        days.date,
        cast(sum(payments_booked.amount) as numeric(38, 2)) as amount,
        cast(sum(payments_booked.payments) as bigint) as payments,
        count(
            case
                when payments_booked.entry_type = 'reversal' then payments_booked.payments_booked_key
            end
        ) as reversals
    from payments_booked
    left join days
        on payments_booked.paid_date_key = days.date_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["to_char(date, 'YYYY-MM-DD')"]) }} as payments_booked_key,
        date,
        amount,
        payments,
        reversals
    from aggregated

)

select * from final
