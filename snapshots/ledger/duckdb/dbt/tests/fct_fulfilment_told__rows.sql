with

order_events as (

    select * from {{ ref('stg_ledger__order_events') }}

),

fulfilment_told as (

    select * from {{ ref('fct_fulfilment_told') }}

),

listed as (

    select distinct order_id
    from order_events

),

counted as (

    select count(*) as rows_read
    from listed

),

dropped as (

    select count(*) as rows_dropped
    from order_events
    where 1 = 0

),

kept as (

    select count(*) as rows_kept
    from fulfilment_told

),

compared as (

    select
        counted.rows_read,
        dropped.rows_dropped,
        kept.rows_kept
    from counted
    cross join dropped
    cross join kept
    where counted.rows_read <> dropped.rows_dropped + kept.rows_kept

)

select * from compared
