with

transactions as (

    select * from {{ ref('fct_transactions') }}

),

unit_tree as (

    select * from {{ ref('bridge_unit_tree') }}

),

unit as (

    select * from {{ ref('dim_unit') }}

),

transactions_bridged as (

    select
        transactions.amount,
        unit_tree.ancestor_unit_key as unit_tree_ancestor_key
    from transactions
    left join unit
        on transactions.unit_key = unit.unit_key
    inner join unit_tree
        on unit.unit_durable_key = unit_tree.descendant_unit_durable_key

),

aggregated as (

    select
        unit.unit_name,
        cast(sum(transactions_bridged.amount) as numeric(38, 2)) as amount
    from transactions_bridged
    left join unit
        on transactions_bridged.unit_tree_ancestor_key = unit.unit_key
    group by 1

),

final as (

    select
        {{ surrogate_key(["unit_name"]) }} as retail_transactions_of_units_key,
        unit_name,
        amount
    from aggregated

)

select * from final
