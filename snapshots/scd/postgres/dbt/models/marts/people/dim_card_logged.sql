with

members as (

    select * from {{ ref('int_card_logged_remembered') }}

),

final as (

    select
        {{ surrogate_key(["cast(staff_id as text)"]) }} as card_logged_key,
        staff_id,
        staff_name,
        first_office,
        region,
        previous_region
    from members

    union all

    select
        '-1' as card_logged_key,
        cast(null as integer) as staff_id,
        'Unknown' as staff_name,
        'Unknown' as first_office,
        'Nowhere' as region,
        'Nowhere' as previous_region

    union all

    select
        '-2' as card_logged_key,
        cast(null as integer) as staff_id,
        'Not applicable' as staff_name,
        'Not applicable' as first_office,
        'Not applicable' as region,
        'Not applicable' as previous_region

)

select * from final
