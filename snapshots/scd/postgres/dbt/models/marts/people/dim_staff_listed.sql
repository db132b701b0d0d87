with

versions as (

    select * from {{ ref('int_staff_listed_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(staff_id as text)",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as staff_listed_key,
        {{ surrogate_key(["cast(staff_id as text)"]) }} as staff_listed_durable_key,
        staff_id,
        staff_name,
        first_office,
        office,
        region,
        prior_region,
        title,
        current_title,
        case
            when
                lag(valid_from) over (
                    partition by staff_id
                    order by valid_from
                ) is null
                then least(valid_from, cast('1900-01-01' as timestamp))
            else valid_from
        end as valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as staff_listed_key,
        '-1' as staff_listed_durable_key,
        cast(null as integer) as staff_id,
        'Unknown' as staff_name,
        'Unknown' as first_office,
        'Unknown' as office,
        'Unknown' as region,
        'Unknown' as prior_region,
        'Unknown' as title,
        'Unknown' as current_title,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as staff_listed_key,
        '-2' as staff_listed_durable_key,
        cast(null as integer) as staff_id,
        'Not applicable' as staff_name,
        'Not applicable' as first_office,
        'Not applicable' as office,
        'Not applicable' as region,
        'Not applicable' as prior_region,
        'Not applicable' as title,
        'Not applicable' as current_title,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
