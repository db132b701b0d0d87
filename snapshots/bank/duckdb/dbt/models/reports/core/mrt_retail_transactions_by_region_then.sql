with

transactions as (

    select * from {{ ref('fct_transactions') }}

),

unit_tree_then as (

    select * from {{ ref('bridge_unit_tree_then') }}

),

unit as (

    select * from {{ ref('dim_unit') }}

),

transactions_bridged as (

    select
        transactions.amount,
        case
            when unit.unit_durable_key = '-2' then '-2'
            else coalesce(unit_tree_then.ancestor_unit_key, '-1')
        end as unit_tree_then_ancestor_key
    from transactions
    left join unit
        on transactions.unit_key = unit.unit_key
    left join unit_tree_then
        on unit.unit_durable_key = unit_tree_then.descendant_unit_durable_key
        and cast(transactions.booked_on + 1 as timestamp) > unit_tree_then.valid_from
        and cast(transactions.booked_on + 1 as timestamp) <= unit_tree_then.valid_to
        and (unit_tree_then.ancestor_level = 2 or (unit_tree_then.depth = 0 and unit_tree_then.ancestor_level < 2))

),

aggregated as (

    select
        unit.unit_name,
        cast(sum(transactions_bridged.amount) as decimal(38, 2)) as amount
    from transactions_bridged
    left join unit
        on transactions_bridged.unit_tree_then_ancestor_key = unit.unit_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["unit_name"]) }} as retail_transactions_by_region_then_key,
        unit_name,
        amount
    from aggregated

)

select * from final
