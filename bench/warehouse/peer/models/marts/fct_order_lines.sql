select
    {{ hash_key(['lines.order_id', 'lines.line_number']) }} as order_lines_key,
    case
        when orders.customer_id is null then '-2'
        else coalesce(customers.customer_key, '-1')
    end as customer_key,
    case
        when lines.part_id is null then '-2'
        else coalesce(parts.part_key, '-1')
    end as part_key,
    case
        when lines.supplier_id is null then '-2'
        else coalesce(suppliers.supplier_key, '-1')
    end as supplier_key,
    {{ date_key('orders.ordered_on') }} as order_date_key,
    {{ date_key('lines.shipped_on') }} as ship_date_key,
    {{ date_key('lines.promised_on') }} as commit_date_key,
    {{ date_key('lines.received_on') }} as receipt_date_key,
    lines.order_id,
    lines.line_number,
    lines.return_flag,
    lines.line_status,
    lines.ship_mode,
    orders.ordered_on,
    lines.quantity,
    lines.extended_price,
    cast(lines.extended_price * lines.discount as decimal(15, 4)) as discount_amount,
    cast(lines.extended_price * (1 - lines.discount) as decimal(15, 4)) as net_amount,
    cast(lines.extended_price * (1 - lines.discount) * lines.tax as decimal(15, 6)) as tax_amount,
    lines.loaded_at as source_loaded_at
from {{ ref('stg_lineitem') }} as lines
left join {{ ref('stg_orders') }} as orders on lines.order_id = orders.order_id
-- the versions at the end of the day of the order
left join {{ ref('dim_customer') }} as customers
    on orders.customer_id = customers.customer_id
    and orders.ordered_on + 1 > customers.valid_from
    and orders.ordered_on + 1 <= customers.valid_to
left join {{ ref('dim_part') }} as parts
    on lines.part_id = parts.part_id
    and orders.ordered_on + 1 > parts.valid_from
    and orders.ordered_on + 1 <= parts.valid_to
left join {{ ref('dim_supplier') }} as suppliers
    on lines.supplier_id = suppliers.supplier_id
    and orders.ordered_on + 1 > suppliers.valid_from
    and orders.ordered_on + 1 <= suppliers.valid_to
