with

source as (

    select * from {{ source('shop', 'visits') }}

),

renamed as (

    select
        cast(visit_id as integer) as visit_id,
        {{ strict_timestamp("visited_at") }} as visited_at,
        cast(pages_seen as bigint) as pages_seen
    from source

)

select * from renamed
