with

visits as (

    select * from {{ ref('fct_visits') }}

),

aggregated as (

    select cast(sum(minutes) as bigint) as minutes
    from visits

),

final as (

    select minutes
    from aggregated

)

select * from final
