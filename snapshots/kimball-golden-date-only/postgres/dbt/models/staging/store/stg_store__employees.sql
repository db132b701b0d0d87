with

source as (

    select * from {{ source('store', 'employees') }}

),

renamed as (

    select
        {{ strict_integer("employee_id") }} as employee_id,
        first_name,
        last_name,
        department,
        title,
        {{ strict_integer("manager_id") }} as manager_id,
        {{ strict_timestamp("updated_at") }} as updated_at,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
