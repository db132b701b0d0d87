with

stock as (

    select * from {{ ref('fct_stock') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

stock_dated as (

    select
        days.month,
        stock.pieces_known,
        stock.date_key,
        max(stock.date_key) over (partition by days.month) as last_date_key
    from stock
    left join days
        on stock.date_key = days.date_key

),

aggregated as (

    select
        month,
        cast(
            sum(
                case
                    when date_key = last_date_key then pieces_known
                end
            ) as bigint
        ) as pieces_known
    from stock_dated
    group by 1

),

final as (

    select
        {{ surrogate_key(["cast(month as text)"]) }} as finance_stock_key,
        month,
        pieces_known
    from aggregated

)

select * from final
