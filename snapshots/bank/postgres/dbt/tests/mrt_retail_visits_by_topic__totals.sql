with

visits as (

    select * from {{ ref('fct_visits') }}

),

mrt_retail_visits_by_topic as (

    select * from {{ ref('mrt_retail_visits_by_topic') }}

),

expected as (

    select coalesce(sum(minutes), 0) as expected_minutes
    from visits

),

actual as (

    select coalesce(sum(minutes), 0) as actual_minutes
    from mrt_retail_visits_by_topic

),

compared as (

    select
        'minutes' as measure,
        expected.expected_minutes as expected_total,
        actual.actual_minutes as actual_total
    from expected
    cross join actual

),

final as (

    select
        measure,
        expected_total,
        actual_total
    from compared
    where abs(expected_total - actual_total) > 1e-6 * greatest(abs(expected_total), 1)

)

select * from final
