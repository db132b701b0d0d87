with

source as (

    select * from {{ source('superstore', 'orders') }}

),

renamed as (

    select
        {{ strict_integer('"Row ID"') }} as row_id,
        "Order ID" as order_id,
        {{ strict_date('"Order Date"') }} as order_date,
        {{ strict_date('"Ship Date"') }} as ship_date,
        "Ship Mode" as ship_mode,
        "Customer ID" as customer_id,
        "Customer Name" as customer_name,
        "Segment" as segment,
        "Country" as country,
        "City" as city,
        "State" as state,
        "Postal Code" as postal_code,
        "Region" as region,
        "Product ID" as product_id,
        "Category" as category,
        "Sub-Category" as sub_category,
        "Product Name" as product_name,
        {{ strict_decimal('"Sales"', 18, 4) }} as sales,
        {{ strict_integer('"Quantity"') }} as quantity,
        {{ strict_decimal('"Discount"', 5, 4) }} as discount,
        {{ strict_decimal('"Profit"', 18, 4) }} as profit,
        {{ strict_timestamp("_extracted_at") }} as extracted_at
    from source

)

select * from renamed
