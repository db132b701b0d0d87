with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

aggregated as (

    select
        days.date,
        cast(sum(order_lines.quantity) as bigint) as quantity,
        cast(sum(order_lines.sales_amount) as numeric(38, 2)) as sales_amount
    from order_lines
    left join days
        on order_lines.order_date_key = days.date_key
    group by 1

),

rolled as (

    select
        date,
        quantity,
        sales_amount,
        cast(
            sum(sales_amount) over (
                order by date
                range between interval '2 days' preceding and current row
            ) as numeric(38, 2)
        ) as sales_amount_rolling_3_day
    from aggregated

),

final as (

    select
        {{ surrogate_key(["to_char(date, 'YYYY-MM-DD')"]) }} as sales_daily_key,
        date,
        quantity,
        sales_amount,
        sales_amount_rolling_3_day
    from rolled

)

select * from final
