with

fulfilment_told as (

    select * from {{ ref('fct_fulfilment_told') }}

),

misplaced as (

    select
        fulfilment_told_key,
        'ordered' as earlier_milestone,
        'packed' as later_milestone
    from fulfilment_told
    where ordered_at > packed_at

    union all

    select
        fulfilment_told_key,
        'ordered' as earlier_milestone,
        'shipped' as later_milestone
    from fulfilment_told
    where ordered_at > shipped_at

    union all

    select
        fulfilment_told_key,
        'ordered' as earlier_milestone,
        'delivered' as later_milestone
    from fulfilment_told
    where ordered_at > delivered_at

    union all

    select
        fulfilment_told_key,
        'packed' as earlier_milestone,
        'shipped' as later_milestone
    from fulfilment_told
    where packed_at > shipped_at

    union all

    select
        fulfilment_told_key,
        'packed' as earlier_milestone,
        'delivered' as later_milestone
    from fulfilment_told
    where packed_at > delivered_at

    union all

    select
        fulfilment_told_key,
        'shipped' as earlier_milestone,
        'delivered' as later_milestone
    from fulfilment_told
    where shipped_at > delivered_at

)

select * from misplaced
