with

source as (

    select * from {{ source('hr', 'pay_changes') }}

),

renamed as (

    select
        {{ strict_integer("change_id") }} as change_id,
        {{ strict_timestamp("changed_at") }} as changed_at,
        {{ strict_integer("id") }} as staff_id,
        {{ strict_decimal("salary", 10, 2) }} as salary,
        level,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
