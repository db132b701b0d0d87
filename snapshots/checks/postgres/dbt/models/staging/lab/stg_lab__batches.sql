with

source as (

    select * from {{ source('lab', 'batches') }}

),

renamed as (

    select
        cast(batch_id as integer) as batch_id,
        cast(batch_no as integer) as batch_no
    from source

)

select * from renamed
