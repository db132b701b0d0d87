with

source as (

    select * from {{ source('bank', 'visits') }}

),

renamed as (

    select
        {{ strict_integer("visit_id") }} as visit_id,
        {{ strict_date("visited_on") }} as visited_on,
        {{ strict_integer("minutes") }} as minutes,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
