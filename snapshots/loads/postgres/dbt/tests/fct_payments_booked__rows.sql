with

payments as (

    select * from {{ ref('stg_shop__payments') }}

),

payments_booked as (

    select * from {{ ref('fct_payments_booked') }}

),

counted as (

    select count(*) as rows_read
    from payments

),

dropped as (

    select count(*) as rows_dropped
    from payments
    where 1 = 0

),

kept as (

    select coalesce(sum(case when entry_type = 'reversal' then -1 else 1 end), 0) as rows_kept
    from payments_booked

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
