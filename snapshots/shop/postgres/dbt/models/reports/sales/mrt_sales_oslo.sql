with

order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

store as (

    select * from {{ ref('dim_store') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

product as (

    select * from {{ ref('dim_product') }}

),

aggregated as (

    select
        store.store_id,
        cast(sum(order_lines.quantity) as bigint) as quantity,
        cast(sum(order_lines.sales_amount) as numeric(38, 2)) as sales_amount,
        cast(
            sum(
                case
                    when product.price < 80 then order_lines.sales_amount
                    else 0
                end
            ) as numeric(38, 2)
        ) as cheap_sales_amount
    from order_lines
    left join store
        on order_lines.store_key = store.store_key
    left join customer
        on order_lines.customer_key = customer.customer_key
    left join product
        on order_lines.product_key = product.product_key
    where customer.city = 'Oslo'
    group by 1

),

stacked as (

    select
        store_id,
        quantity,
        sales_amount,
        cheap_sales_amount
    from aggregated

    union all

    select distinct
        store_id,
        cast(null as bigint) as quantity,
        cast(null as numeric(38, 2)) as sales_amount,
        cast(null as numeric(38, 2)) as cheap_sales_amount
    from store
    where
        store_key not in ('-1', '-2')
        and is_current

),

combined as (

    select
        store_id,
        coalesce(max(quantity), 0) as quantity,
        cast(coalesce(max(sales_amount), 0) as numeric(38, 2)) as sales_amount,
        cast(coalesce(max(cheap_sales_amount), 0) as numeric(38, 2)) as cheap_sales_amount
    from stacked
    group by 1

),

final as (

    select
        {{ surrogate_key(["store_id"]) }} as sales_oslo_key,
        store_id,
        quantity,
        sales_amount,
        cheap_sales_amount
    from combined

)

select * from final
