with

sales as (

    select * from {{ ref('stg_hr__sales') }}

),

seller as (

    select * from {{ ref('dim_seller') }}

),

pay_profile_history as (

    select * from {{ ref('dim_pay_profile_history') }}

),

final as (

    select
        {{ surrogate_key(["cast(sales.sale_id as text)"]) }} as sales_key,
        case
            when sales.staff_id is null then '-2'
            else coalesce(seller.seller_key, '-1')
        end as seller_key,
        case
            when sales.staff_id is null then '-2'
            else coalesce(pay_profile_history.pay_profile_key, '-1')
        end as pay_profile_key,
        sales.sale_id,
        sales.sold_at,
        sales.amount
    from sales
    left join seller
        on sales.staff_id = seller.staff_id
    left join pay_profile_history
        on sales.staff_id = pay_profile_history.staff_id
        and sales.sold_at >= pay_profile_history.valid_from
        and sales.sold_at < pay_profile_history.valid_to

)

select * from final
