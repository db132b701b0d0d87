with

source as (

    select * from {{ source('store', 'events') }}

),

renamed as (

    select
        {{ strict_integer("event_id") }} as event_id,
        event_type,
        {{ strict_timestamp("event_time") }} as event_time,
        payload,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
