with

sales as (

    select * from {{ ref('stg_hr__sales') }}

),

members as (

    select distinct
        channel,
        is_gift
    from sales

),

final as (

    select
        {{ surrogate_key(["channel", "cast(is_gift as text)"]) }} as sale_flags_key,
        channel,
        is_gift
    from members

    union all

    select
        '-1' as sale_flags_key,
        'Unknown' as channel,
        cast(null as boolean) as is_gift

    union all

    select
        '-2' as sale_flags_key,
        'Not applicable' as channel,
        cast(null as boolean) as is_gift

)

select * from final
