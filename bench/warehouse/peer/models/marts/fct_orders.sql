select
    {{ hash_key(['orders.order_id']) }} as orders_key,
    case
        when orders.customer_id is null then '-2'
        else coalesce(customers.customer_key, '-1')
    end as customer_key,
    {{ date_key('orders.ordered_on') }} as order_date_key,
    orders.order_id,
    orders.order_status,
    orders.order_priority,
    orders.ordered_on,
    orders.total_price,
    1 as order_count,
    orders.loaded_at as source_loaded_at
from {{ ref('stg_orders') }} as orders
left join {{ ref('dim_customer') }} as customers
    on orders.customer_id = customers.customer_id
    and orders.ordered_on + 1 > customers.valid_from
    and orders.ordered_on + 1 <= customers.valid_to
