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
        cast(sum(payments_kept.amount) as decimal(38, 2)) as amount,
        count(
            case
                when payments_kept.is_deleted then payments_kept.payments_kept_key
            end
        ) as deleted_count
    from payments_kept
    left join days
        on payments_kept.paid_date_key = days.date_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["cast(date as varchar)"]) }} as payments_deleted_key,
        date,
        amount,
        deleted_count
    from aggregated

)

select * from final
