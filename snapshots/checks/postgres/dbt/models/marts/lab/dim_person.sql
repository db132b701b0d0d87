with

people as (

    select * from {{ ref('stg_lab__people') }}

),

members as (

    select person_id
    from people
    where person_id is not null

),

final as (

    select
        {{ surrogate_key(["cast(person_id as text)"]) }} as person_key,
        person_id
    from members

    union all

    select
        '-1' as person_key,
        cast(null as integer) as person_id

    union all

    select
        '-2' as person_key,
        cast(null as integer) as person_id

)

select * from final
