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
        {{ surrogate_key(["cast(sales.sale_id as varchar)"]) }} as sales_key,
        case
            when sales.staff_id is null then '-2'
            else coalesce(seller.seller_key, '-1')
        end as seller_key,
        case
            when sales.staff_id is null then '-2'
            else coalesce(pay_profile_history.pay_profile_key, '-1')
        end as pay_profile_key,
        {{ surrogate_key([
            "sales.channel",
            "cast(sales.is_gift as varchar)"
        ]) }} as sale_flags_key,
        case
            when cast(sales.sold_at as date) is null then -2
            when
                cast(sales.sold_at as date)
                between cast('2026-01-01' as date) and cast('2026-12-31' as date)
                then cast(
                    year(cast(sales.sold_at as date)) * 10000
                    + month(cast(sales.sold_at as date)) * 100
                    + day(cast(sales.sold_at as date)) as integer
                )
            else -1
        end as sale_date_key,
        case
            when sales.sold_at is null then -2
            else
                cast(extract(hour from sales.sold_at) as integer) * 100
                + cast(extract(minute from sales.sold_at) as integer)
        end as sale_time_key,
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
