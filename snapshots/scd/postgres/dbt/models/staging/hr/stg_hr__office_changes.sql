with

source as (

    select * from {{ source('hr', 'office_changes') }}

),

renamed as (

    select
        {{ strict_integer("change_id") }} as change_id,
        {{ strict_timestamp("changed_at") }} as changed_at,
        office,
        {{ strict_integer("floor") }} as floor,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
