with

source as (

    select * from {{ source('till', 'customers') }}

),

renamed as (

    select
        {{ strict_integer("id") }} as customer_id,
        case when name is not null then '***' end as customer_name,
        city,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
