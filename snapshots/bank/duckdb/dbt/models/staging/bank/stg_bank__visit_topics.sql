with

source as (

    select * from {{ source('bank', 'visit_topics') }}

),

renamed as (

    select
        {{ strict_integer("visit_id") }} as visit_id,
        topic,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
