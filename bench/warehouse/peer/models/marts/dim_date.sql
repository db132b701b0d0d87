with days as (

    select cast(range as date) as date
    from range(date '1992-01-01', date '1999-01-01', interval 1 day)

)

select
    cast(strftime(date, '%Y%m%d') as integer) as date_key,
    date,
    cast(year(date) as integer) as year,
    cast(quarter(date) as integer) as quarter,
    cast(month(date) as integer) as month,
    monthname(date) as month_name,
    cast(weekofyear(date) as integer) as iso_week,
    cast(day(date) as integer) as day_of_month,
    cast(isodow(date) as integer) as day_of_week,
    dayname(date) as day_name,
    isodow(date) >= 6 as is_weekend,
    cast(year(date) as integer) as fiscal_year,
    cast(quarter(date) as integer) as fiscal_quarter,
    cast(month(date) as integer) as fiscal_month
from days

union all

select -1, null, null, null, null, 'Unknown', null, null, null, 'Unknown', null, null, null, null

union all

select -2, null, null, null, null, 'Not applicable', null, null, null, 'Not applicable', null, null, null, null
