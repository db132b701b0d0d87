with

source as (

    select * from {{ source('hr', 'staff_changes') }}

),

renamed as (

    select
        {{ strict_integer("change_id") }} as change_id,
        {{ strict_timestamp("changed_at") }} as changed_at,
        op,
        {{ strict_integer("id") }} as staff_id,
        name as staff_name,
        office,
        region,
        title,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
