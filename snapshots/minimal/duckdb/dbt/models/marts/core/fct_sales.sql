with

sales as (

    select * from {{ ref('stg_till__sales') }}

),

customer as (

    select * from {{ ref('dim_customer') }}

),

final as (

    select
        {{ surrogate_key(["cast(sales.sale_id as varchar)"]) }} as sales_key,
        case
            when sales.customer_id is null then '-2'
            else coalesce(customer.customer_key, '-1')
        end as customer_key,
        case
            when cast(sales.sold_at as date) is null then -2
            when
                cast(sales.sold_at as date)
                between cast('1970-01-01' as date) and cast('2050-12-31' as date)
                then cast(
                    year(cast(sales.sold_at as date)) * 10000
                    + month(cast(sales.sold_at as date)) * 100
                    + day(cast(sales.sold_at as date)) as integer
                )
            else -1
        end as sale_date_key,
        sales.title,
        sales.sold_at,
        sales.quantity,
        cast(sales.quantity * sales.price as decimal(20, 2)) as sales_amount
    from sales
    left join customer
        on sales.customer_id = customer.customer_id
        and sales.sold_at >= customer.valid_from
        and sales.sold_at < customer.valid_to

)

select * from final
