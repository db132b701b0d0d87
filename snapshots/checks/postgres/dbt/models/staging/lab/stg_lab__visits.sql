with

source as (

    select * from {{ source('lab', 'visits') }}

),

renamed as (

    select
        cast(visit_id as integer) as visit_id,
        cast(visited_on as date) as visited_on,
        cast(room as text) as room,
        cast(minutes as integer) as minutes
    from source

)

select * from renamed
