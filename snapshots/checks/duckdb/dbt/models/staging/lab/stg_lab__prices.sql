with

source as (

    select * from {{ source('lab', 'prices') }}

),

renamed as (

    select
        cast(change_id as integer) as change_id,
        {{ strict_timestamp("changed_at") }} as changed_at,
        cast(test_id as integer) as test_id,
        cast(price as decimal(10, 2)) as price
    from source

)

select * from renamed
