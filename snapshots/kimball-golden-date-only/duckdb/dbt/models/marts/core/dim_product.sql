with

products as (

    select * from {{ ref('stg_store__products') }}

),

members as (

    select
        product_id,
        product_name,
        category
    from products
    where product_id is not null

),

final as (

    select
        {{ surrogate_key(["cast(product_id as varchar)"]) }} as product_key,
        product_id,
        product_name,
        category
    from members

    union all

    select
        '-1' as product_key,
        cast(null as integer) as product_id,
        'Unknown' as product_name,
        'Unknown' as category

    union all

    select
        '-2' as product_key,
        cast(null as integer) as product_id,
        'Not applicable' as product_name,
        'Not applicable' as category

)

select * from final
