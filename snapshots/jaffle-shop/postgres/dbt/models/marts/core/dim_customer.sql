with

customers as (

    select * from {{ ref('stg_jaffle__customers') }}

),

members as (

    select
        customer_id,
        first_name,
        last_name,
        first_name || ' ' || last_name as full_name,
        'JS-' || lpad(cast(customer_id as text), 4, '0') as customer_code
    from customers
    where customer_id is not null

),

final as (

    select
        {{ surrogate_key(["cast(customer_id as text)"]) }} as customer_key,
        customer_id,
        first_name,
        last_name,
        full_name,
        customer_code
    from members

    union all

    select
        '-1' as customer_key,
        cast(null as integer) as customer_id,
        'Unknown' as first_name,
        'Unknown' as last_name,
        'Unknown' as full_name,
        'Unknown' as customer_code

    union all

    select
        '-2' as customer_key,
        cast(null as integer) as customer_id,
        'Not applicable' as first_name,
        'Not applicable' as last_name,
        'Not applicable' as full_name,
        'Not applicable' as customer_code

)

select * from final
