with changes as (

    -- of several changes at one instant the last one counts
    select *
    from {{ ref('stg_customer') }}
    qualify row_number() over (partition by customer_id, changed_at order by change_id desc) = 1

),

hashed as (

    select
        *,
        op = 'D' as is_delete,
        {{ hash_key(['address', 'nation_id', 'phone', 'account_balance', 'market_segment']) }} as row_hash
    from changes

),

compared as (

    select
        *,
        lag(row_hash) over (partition by customer_id order by changed_at) as previous_hash,
        lag(is_delete) over (partition by customer_id order by changed_at) as previous_is_delete
    from hashed

),

-- a version begins where something changed, and ends where the next one or a deletion begins
spans as (

    select
        *,
        lead(changed_at) over (partition by customer_id order by changed_at) as ended_at,
        row_number() over (partition by customer_id order by changed_at) as version_number
    from compared
    where
        previous_hash is null
        or is_delete <> previous_is_delete
        or (not is_delete and row_hash <> previous_hash)

),

latest as (

    select
        customer_id,
        arg_max(customer_name, changed_at) as customer_name
    from changes
    where op <> 'D'
    group by customer_id

)

select
    {{ hash_key(['spans.customer_id', 'spans.changed_at']) }} as customer_key,
    {{ hash_key(['spans.customer_id']) }} as customer_durable_key,
    spans.customer_id,
    latest.customer_name,
    spans.address,
    spans.nation_id,
    spans.phone,
    spans.account_balance,
    spans.market_segment,
    case
        when spans.version_number = 1 then least(spans.changed_at, timestamp '1900-01-01')
        else spans.changed_at
    end as valid_from,
    coalesce(spans.ended_at, timestamp '9999-12-31') as valid_to,
    spans.ended_at is null as is_current
from spans
inner join latest on spans.customer_id = latest.customer_id
where not spans.is_delete
{% for key, label in [('-1', 'Unknown'), ('-2', 'Not applicable')] %}
union all

select
    '{{ key }}',
    '{{ key }}',
    null,
    '{{ label }}',
    '{{ label }}',
    null,
    '{{ label }}',
    null,
    '{{ label }}',
    timestamp '1900-01-01',
    timestamp '9999-12-31',
    true
{% endfor %}
