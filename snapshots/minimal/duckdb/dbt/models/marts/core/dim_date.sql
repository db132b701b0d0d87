with

days as (

    select cast(spine.day as date) as date_day
    from generate_series(
        cast('1970-01-01' as timestamp),
        cast('2050-12-31' as timestamp),
        interval '1 day'
    ) as spine (day)

),

dated as (

    select
        date_day as date,
        cast(extract(year from date_day) as integer) as year,
        cast(extract(quarter from date_day) as integer) as quarter,
        cast(extract(month from date_day) as integer) as month,
        cast(extract(week from date_day) as integer) as iso_week,
        cast(extract(day from date_day) as integer) as day_of_month,
        cast(extract(isodow from date_day) as integer) as day_of_week,
        cast(extract(month from date_day) as integer) as fiscal_month
    from days

),

final as (

    select
        cast(
            year(date) * 10000
            + month(date) * 100
            + day(date) as integer
        ) as date_key,
        date,
        year,
        quarter,
        month,
        case month
            when 1 then 'January'
            when 2 then 'February'
            when 3 then 'March'
            when 4 then 'April'
            when 5 then 'May'
            when 6 then 'June'
            when 7 then 'July'
            when 8 then 'August'
            when 9 then 'September'
            when 10 then 'October'
            when 11 then 'November'
            when 12 then 'December'
        end as month_name,
        iso_week,
        day_of_month,
        day_of_week,
        case day_of_week
            when 1 then 'Monday'
            when 2 then 'Tuesday'
            when 3 then 'Wednesday'
            when 4 then 'Thursday'
            when 5 then 'Friday'
            when 6 then 'Saturday'
            when 7 then 'Sunday'
        end as day_name,
        day_of_week >= 6 as is_weekend,
        year as fiscal_year,
        cast(ceil(fiscal_month / 3.0) as integer) as fiscal_quarter,
        fiscal_month
    from dated

    union all

    select
        -1 as date_key,
        cast(null as date) as date,
        cast(null as integer) as year,
        cast(null as integer) as quarter,
        cast(null as integer) as month,
        'Unknown' as month_name,
        cast(null as integer) as iso_week,
        cast(null as integer) as day_of_month,
        cast(null as integer) as day_of_week,
        'Unknown' as day_name,
        cast(null as boolean) as is_weekend,
        cast(null as integer) as fiscal_year,
        cast(null as integer) as fiscal_quarter,
        cast(null as integer) as fiscal_month

    union all

    select
        -2 as date_key,
        cast(null as date) as date,
        cast(null as integer) as year,
        cast(null as integer) as quarter,
        cast(null as integer) as month,
        'Not applicable' as month_name,
        cast(null as integer) as iso_week,
        cast(null as integer) as day_of_month,
        cast(null as integer) as day_of_week,
        'Not applicable' as day_name,
        cast(null as boolean) as is_weekend,
        cast(null as integer) as fiscal_year,
        cast(null as integer) as fiscal_quarter,
        cast(null as integer) as fiscal_month

)

select * from final
