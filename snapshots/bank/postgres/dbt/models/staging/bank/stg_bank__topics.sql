with

source as (

    select * from {{ source('bank', 'topics') }}

),

renamed as (

    select
        topic,
        topic_name,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
