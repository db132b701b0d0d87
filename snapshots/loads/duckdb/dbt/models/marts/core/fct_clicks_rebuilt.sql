with

clicks as (

    select * from {{ ref('stg_shop__clicks') }}

),

final as (

    select
        {{ surrogate_key(["cast(click_id as varchar)"]) }} as clicks_rebuilt_key,
        case
            when clicked_on is null then -2
            when
                clicked_on
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(clicked_on) * 10000
                    + month(clicked_on) * 100
                    + day(clicked_on) as integer
                )
            else -1
        end as click_date_key,
        click_id,
        seconds
    from clicks

)

select * from final
