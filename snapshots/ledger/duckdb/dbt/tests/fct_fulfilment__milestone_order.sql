with

fulfilment as (

    select * from {{ ref('fct_fulfilment') }}

),

misplaced as (

    select
        fulfilment_key,
        'ordered' as earlier_milestone,
        'packed' as later_milestone
    from fulfilment
    where cast(ordered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) > packed_on

    union all

    select
        fulfilment_key,
        'ordered' as earlier_milestone,
        'shipped' as later_milestone
    from fulfilment
    where ordered_at > shipped_at

    union all

    select
        fulfilment_key,
        'ordered' as earlier_milestone,
        'delivered' as later_milestone
    from fulfilment
    where ordered_at > delivered_at

    union all

    select
        fulfilment_key,
        'packed' as earlier_milestone,
        'shipped' as later_milestone
    from fulfilment
    where packed_on > cast(shipped_at at time zone 'UTC' at time zone 'Europe/Oslo' as date)

    union all

    select
        fulfilment_key,
        'packed' as earlier_milestone,
        'delivered' as later_milestone
    from fulfilment
    where packed_on > cast(delivered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date)

    union all

    select
        fulfilment_key,
        'shipped' as earlier_milestone,
        'delivered' as later_milestone
    from fulfilment
    where shipped_at > delivered_at

)

select * from misplaced
