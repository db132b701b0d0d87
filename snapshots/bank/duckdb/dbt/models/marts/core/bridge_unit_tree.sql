with recursive

unit as (

    select * from {{ ref('dim_unit') }}

),

ranked as (

    select
        unit_durable_key,
        unit_key,
        unit_code,
        parent_code,
        row_number() over (
            partition by unit_durable_key
            order by valid_from desc
        ) as row_rank
    from unit

),

latest as (

    select
        unit_durable_key,
        unit_key,
        unit_code,
        parent_code
    from ranked
    where row_rank = 1

),

parents as (

    select
        child.unit_durable_key as member_key,
        parent.unit_durable_key as parent_key
    from latest as child
    left join latest as parent
        on child.parent_code = parent.unit_code
        and child.unit_durable_key <> parent.unit_durable_key
        and child.unit_code is not null

),

walked as (

    select
        member_key,
        member_key as ancestor_key
    from parents
    union distinct
    select
        walked.member_key,
        parents.parent_key as ancestor_key
    from walked
    inner join parents on walked.ancestor_key = parents.member_key
    where parents.parent_key is not null

),

levels as (

    select
        member_key,
        count(*) as level
    from walked
    group by 1

),

above as (

    select distinct parent_key
    from parents
    where parent_key is not null

),

final as (

    select
        walked.member_key as descendant_unit_durable_key,
        latest.unit_key as ancestor_unit_key,
        own.level - higher.level as depth,
        higher.level as ancestor_level,
        higher.level = 1 as is_top,
        above.parent_key is null as is_bottom
    from walked
    inner join latest
        on walked.ancestor_key = latest.unit_durable_key
    inner join levels as own
        on walked.member_key = own.member_key
    inner join levels as higher
        on walked.ancestor_key = higher.member_key
    left join above
        on walked.member_key = above.parent_key

)

select * from final
