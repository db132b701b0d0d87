with

source as (

    select * from {{ source('hr', 'staff_lists') }}

),

renamed as (

    select
        {{ strict_date("list_date") }} as list_date,
        {{ strict_integer("id") }} as staff_id,
        name as staff_name,
        office,
        region,
        title,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
