with

dim_office as (

    select * from {{ ref('dim_office') }}

),

versions as (

    select * from {{ ref('int_staff_placed_versioned') }}

),

pointed as (

    select
        versions.staff_id,
        versions.office,
        versions.floor,
        versions.valid_from,
        versions.valid_to,
        case
            when versions.office is null then '-2'
            else coalesce(office_outrigger.office_key, '-1')
        end as office_key
    from versions
    left join dim_office as office_outrigger
        on versions.office = office_outrigger.office

),

final as (

    select
        {{ surrogate_key([
            "cast(staff_id as varchar)",
            "strftime(valid_from, '%Y-%m-%d %H:%M:%S.%f')"
        ]) }} as staff_placed_key,
        {{ surrogate_key(["cast(staff_id as varchar)"]) }} as staff_placed_durable_key,
        staff_id,
        office,
        floor,
        office_key,
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
    from pointed

    union all

    select
        '-1' as staff_placed_key,
        '-1' as staff_placed_durable_key,
        cast(null as integer) as staff_id,
        'Unknown' as office,
        cast(null as integer) as floor,
        '-1' as office_key,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

    union all

    select
        '-2' as staff_placed_key,
        '-2' as staff_placed_durable_key,
        cast(null as integer) as staff_id,
        'Not applicable' as office,
        cast(null as integer) as floor,
        '-2' as office_key,
        cast('1900-01-01' as timestamp) as valid_from,
        cast('9999-12-31' as timestamp) as valid_to,
        true as is_current

)

select * from final
