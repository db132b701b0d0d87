with

ticks as (

    select cast(spine.number as integer) as number
    from generate_series(0, 1439) as spine (number)

),

timed as (

    select
        cast(floor(number / 60.0) as integer) as hour,
        cast(mod(number, 60) as integer) as minute
    from ticks

),

final as (

    select
        hour * 100 + minute as time_key,
        cast(
            lpad(cast(hour as varchar), 2, '0')
            || ':'
            || lpad(cast(minute as varchar), 2, '0')
            || ':00' as time
        ) as time,
        lpad(cast(hour as varchar), 2, '0')
        || ':'
        || lpad(cast(minute as varchar), 2, '0') as time_name,
        hour,
        minute,
        case
            when hour < 6 then 'Night'
            when hour < 12 then 'Morning'
            when hour < 18 then 'Afternoon'
            else 'Evening'
        end as day_part
    from timed

    union all

    select
        -1 as time_key,
        cast(null as time) as time,
        'Unknown' as time_name,
        cast(null as integer) as hour,
        cast(null as integer) as minute,
        'Unknown' as day_part

    union all

    select
        -2 as time_key,
        cast(null as time) as time,
        'Not applicable' as time_name,
        cast(null as integer) as hour,
        cast(null as integer) as minute,
        'Not applicable' as day_part

)

select * from final
