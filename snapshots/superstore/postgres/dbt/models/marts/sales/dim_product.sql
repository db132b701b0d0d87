with

orders as (

    select * from {{ ref('stg_superstore__orders') }}

),

ranked as (

    select
        product_id,
        product_name,
        category,
        sub_category as subcategory,
        row_number() over (
            partition by product_id
            order by
                order_date desc nulls last,
                row_id desc nulls last,
                product_name collate "C" desc nulls last,
                category collate "C" desc nulls last,
                sub_category collate "C" desc nulls last
        ) as row_rank
    from orders
    where product_id is not null

),

members as (

    select
        product_id,
        product_name,
        category,
        subcategory
    from ranked
    where row_rank = 1

),

final as (

    select
        {{ surrogate_key(["product_id"]) }} as product_key,
        product_id,
        product_name,
        category,
        subcategory
    from members

    union all

    select
        '-1' as product_key,
        cast(null as text) as product_id,
        'Unknown' as product_name,
        'Unknown' as category,
        'Unknown' as subcategory

    union all

    select
        '-2' as product_key,
        cast(null as text) as product_id,
        'Not applicable' as product_name,
        'Not applicable' as category,
        'Not applicable' as subcategory

)

select * from final
