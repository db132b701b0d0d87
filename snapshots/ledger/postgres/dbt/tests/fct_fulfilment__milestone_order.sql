with

fulfilment as (

    select * from {{ ref('fct_fulfilment') }}

),

misplaced as (

    select
        fulfilment_key,
        ordered_at,
        packed_on,
        shipped_at,
        delivered_at
    from fulfilment
    where (
            cast(ordered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date) > packed_on
            or ordered_at > shipped_at
            or ordered_at > delivered_at
            or packed_on > cast(shipped_at at time zone 'UTC' at time zone 'Europe/Oslo' as date)
            or packed_on > cast(delivered_at at time zone 'UTC' at time zone 'Europe/Oslo' as date)
            or shipped_at > delivered_at
        )

)

select * from misplaced
