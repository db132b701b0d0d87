select
    o_orderkey as order_id,
    o_custkey as customer_id,
    o_orderstatus as order_status,
    o_totalprice as total_price,
    o_orderdate as ordered_on,
    o_orderpriority as order_priority,
    loaded_at
from {{ source('tpch', 'orders') }}
