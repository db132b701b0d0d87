with

products as (

    select * from {{ ref('stg_store__products') }}

),

ranked as (

    select
        product_id,
        product_name,
        category,
        unit_cost,
        updated_at,
        extracted_at,
        row_number() over (
            partition by product_id
            order by
                updated_at desc nulls last,
                extracted_at desc nulls last,
                product_name desc nulls last,
                category desc nulls last,
                unit_cost desc nulls last
        ) as row_rank
    from products

),

latest as (

    select
        product_id,
        product_name,
        category,
        unit_cost,
        updated_at,
        extracted_at
    from ranked
    where row_rank = 1

)

select * from latest
