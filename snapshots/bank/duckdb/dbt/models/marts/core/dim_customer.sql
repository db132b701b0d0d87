with

customers as (

    select * from {{ ref('stg_bank__customers') }}

),

members as (

    select
        customer_id,
        customer_name,
        segment
    from customers
    where customer_id is not null

),

final as (

    select
        {{ surrogate_key(["cast(customer_id as varchar)"]) }} as customer_key,
        customer_id,
        customer_name,
        segment
    from members

    union all

    select
        '-1' as customer_key,
        cast(null as integer) as customer_id,
        'Unknown' as customer_name,
        'Unknown' as segment

    union all

    select
        '-2' as customer_key,
        cast(null as integer) as customer_id,
        'Not applicable' as customer_name,
        'Not applicable' as segment

)

select * from final
