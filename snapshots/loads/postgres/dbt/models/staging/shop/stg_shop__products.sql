with

source as (

    select * from {{ source('shop', 'products') }}

),

renamed as (

    select
        cast(change_id as integer) as change_id,
        {{ strict_timestamp("changed_at") }} as changed_at,
        cast(op as text) as op,
        cast(product_id as integer) as product_id,
        cast(price as numeric(10, 2)) as price
    from source

)

select * from renamed
