with

source as (

    select * from {{ source('shop', 'clicks') }}

),

renamed as (

    select
        cast(click_id as integer) as click_id,
        cast(clicked_on as date) as clicked_on,
        cast(seconds as integer) as seconds,
        {{ strict_timestamp("loaded_at") }} as loaded_at
    from source

),

ranked as (

    select
        click_id,
        clicked_on,
        seconds,
        loaded_at,
        row_number() over (
            partition by click_id
            order by
                loaded_at desc nulls last,
                clicked_on desc nulls last,
                seconds desc nulls last
        ) as row_rank
    from renamed

),

deduplicated as (

    select
        click_id,
        clicked_on,
        seconds,
        loaded_at
    from ranked
    where row_rank = 1

)

select * from deduplicated
