with

source as (

    select * from {{ source('shop', 'visits') }}

),

renamed as (

    select
        cast(visit_id as integer) as visit_id,
        cast(visited_on as date) as visited_on,
        cast(pages as integer) as pages
    from source

)

select * from renamed
