with

samples as (

    select * from {{ ref('stg_lab__samples') }}

),

person as (

    select * from {{ ref('dim_person') }}

),

test as (

    select * from {{ ref('dim_test') }}

),

final as (

    select
        {{ surrogate_key(["cast(samples.sample_id as varchar)"]) }} as samples_key,
        case
            when samples.person_id is null then '-2'
            else coalesce(person.person_key, '-1')
        end as person_key,
        case
            when samples.grade is null then '-2'
            else coalesce(test.test_key, '-1')
        end as test_key,
        case
            when cast(samples.measured_at as date) is null then -2
            when
                cast(samples.measured_at as date)
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(cast(samples.measured_at as date)) * 10000
                    + month(cast(samples.measured_at as date)) * 100
                    + day(cast(samples.measured_at as date)) as integer
                )
            else -1
        end as measured_date_key,
        samples.measured_at,
        samples.weight
    from samples
    left join person
        on samples.person_id = person.person_id
    left join test
        on samples.grade = test.test_id
        and samples.measured_at >= test.valid_from
        and samples.measured_at < test.valid_to

)

select * from final
