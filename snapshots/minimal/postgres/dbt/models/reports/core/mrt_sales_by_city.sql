with

sales as (

    select * from {{ ref('fct_sales') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

aggregated as (

    select
        days.year,
        days.month,
        customer.city,
        cast(sum(sales.quantity) as bigint) as quantity,
        cast(sum(sales.sales_amount) as numeric(38, 2)) as sales_amount
    from sales
    left join days
        on sales.sale_date_key = days.date_key
    left join customer
        on sales.customer_key = customer.customer_key
    group by 1, 2, 3

),

final as (

    select
        {{ surrogate_key([
            "cast(year as text)",
            "cast(month as text)",
            "city"
        ]) }} as sales_by_city_key,
        year,
        month,
        city,
        quantity,
        sales_amount
    from aggregated

)

select * from final
