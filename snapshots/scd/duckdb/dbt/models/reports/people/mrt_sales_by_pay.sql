with

sales as (

    select * from {{ ref('fct_sales') }}

),

pay_profile as (

    select * from {{ ref('dim_pay_profile') }}

),

aggregated as (

    select
        pay_profile.salary_band,
        cast(sum(sales.amount) as decimal(38, 2)) as amount
    from sales
    left join pay_profile
        on sales.pay_profile_key = pay_profile.pay_profile_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["salary_band"]) }} as sales_by_pay_key,
        salary_band,
        amount
    from aggregated

)

select * from final
