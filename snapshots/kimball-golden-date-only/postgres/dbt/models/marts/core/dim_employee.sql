with

versions as (

    select * from {{ ref('int_employee_versioned') }}

),

final as (

    select
        {{ surrogate_key([
            "cast(employee_id as text)",
            "to_char(valid_from, 'YYYY-MM-DD HH24:MI:SS.US')"
        ]) }} as employee_key,
        {{ surrogate_key(["cast(employee_id as text)"]) }} as employee_durable_key,
        employee_id,
        first_name,
        last_name,
        department,
        title,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to,
        valid_to is null as is_current
    from versions

    union all

    select
        '-1' as employee_key,
        '-1' as employee_durable_key,
        cast(null as integer) as employee_id,
        'Unknown' as first_name,
        'Unknown' as last_name,
        'Unknown' as department,
        'Unknown' as title,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as employee_key,
        '-2' as employee_durable_key,
        cast(null as integer) as employee_id,
        'Not applicable' as first_name,
        'Not applicable' as last_name,
        'Not applicable' as department,
        'Not applicable' as title,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
