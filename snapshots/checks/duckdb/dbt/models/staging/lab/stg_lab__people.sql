with

source as (

    select * from {{ source('lab', 'people') }}

),

renamed as (

    select
        cast(id as integer) as person_id,
        {{ strict_timestamp("loaded_at") }} as loaded_at
    from source

)

select * from renamed
