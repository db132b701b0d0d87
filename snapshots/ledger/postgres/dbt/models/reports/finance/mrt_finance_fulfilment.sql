with

fulfilment as (

    select * from {{ ref('fct_fulfilment') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

aggregated as (

    select
        days.date,
        count(fulfilment.fulfilment_key) as order_count,
        cast(sum(fulfilment.amount) as numeric(38, 2)) as amount,
        cast(avg(fulfilment.shipped_to_delivered_hours) as double precision) as mean_delivery_hours
    from fulfilment
    left join days
        on fulfilment.ordered_date_key = days.date_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["to_char(date, 'YYYY-MM-DD')"]) }} as finance_fulfilment_key,
        date,
        order_count,
        amount,
        mean_delivery_hours
    from aggregated

)

select * from final
